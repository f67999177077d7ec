import { describe, expect, test } from 'vitest'
import { certificates } from '../../src/certificates.ts'
import { MONDAY, type Played, Player } from '../player.ts'

/** One channel from the article's first line to its last; each test goes on where the one before has stopped. */
const player = new Player()

/** Plays a line; the reply must hold every fragment. */
async function says(line: string, ...fragments: (string | RegExp)[]): Promise<Played> {
  const played = await player.play(line)
  for (const fragment of fragments)
    if (typeof fragment === 'string') expect(played.text, line).toContain(fragment)
    else expect(played.text, line).toMatch(fragment)
  return played
}

/** What kubectl prints for one field. */
const field = async (of: string, path: string): Promise<string> =>
  (await player.play(`/kubectl get ${of} -o jsonpath={${path}}`)).data.stdout

const outcomesOf = ({ data }: Played): string[] => data.attempts.map(({ outcome }: { outcome: string }) => outcome)
const shopsOf = ({ data }: Played): string[] => [
  ...new Set<string>(
    data.attempts.map(({ answeredBy }: { answeredBy: string }) => answeredBy.replace(/-[^-]+-[^-]+$/, '')),
  ),
]

const shops = () => field('pods -l app=coffee-shop', '.items[*].status.podIP')

describe('The building’s internal address system', () => {
  test('a cluster with floors and rooms, each room with a number of its own', async () => {
    await says('/cluster reset --world cafe-monday', '3 floors')
    await says('/cluster show', 'floor-1 │ 101 coffee-shop', '10.244.1.5', '110 bakery', '10.244.1.10', 'lobby closed')
    await says('/kubectl get nodes', 'floor-1', 'floor-2', 'floor-3')
    await says('/kubectl get pods -o wide', '10.244.1.5', '10.244.1.10')
  })

  test('three challenges: reach, find, enter', async () => {
    await says('/lesson map', '1. Reach:', '2. Find:', '3. Enter:')
  })
})

describe('Challenge 1: Pod-to-Pod communication', () => {
  test('every room can call every other room, on its floor and across floors', async () => {
    await says('/curl 10.244.1.5:8080 --from bakery', 'espresso')
    await says('/curl 10.244.1.5:8080 --from customer', 'espresso')
  })
})

describe('Challenge 2: the problem with Pod IP addresses', () => {
  test('Monday: the coffee shop is in room 101', async () => {
    expect(await shops()).toBe('10.244.1.5')
    await says('/cluster rush regulars 3', '200 ×3')
  })

  test('a crash of the container alone keeps the room', async () => {
    await says('/cluster chaos crash coffee-shop')
    expect(await shops()).toBe('10.244.1.5')
  })

  test('Tuesday: the Pod is replaced, the new shop is in room 205, and nobody knows', async () => {
    await says('/kubectl delete pod -l app=coffee-shop', '10.244.1.5 is gone, 10.244.2.10 is new', 'regulars')
    expect(await shops()).toBe('10.244.2.10')
    await says('/cluster show', '205 coffee-shop')
    expect(outcomesOf(await says('/curl 10.244.1.5:8080 --from regulars', 'nobody owns'))).toEqual(['timeout'])
  })

  test('Wednesday: three shops, and no answer to the question which one', async () => {
    await says('/kubectl scale deployment coffee-shop --replicas=3')
    const addresses = (await shops()).split(' ')
    expect(addresses).toHaveLength(3)
    expect(addresses).toEqual(expect.arrayContaining(['10.244.2.10', '10.244.3.2']))
    await says('/cluster show', '205 coffee-shop', '302 coffee-shop')
    await says('/curl http://coffee-shop --from customer', 'Could not resolve host')
  })
})

describe('Kubernetes Services: the building directory', () => {
  let clusterIP = ''

  test('a Service is a stable address that points to the right Pods', async () => {
    await says('/kubectl expose deployment coffee-shop --port=80 --target-port=8080', 'service/coffee-shop exposed')
    clusterIP = await field('service coffee-shop', '.spec.clusterIP')
    expect(clusterIP).toMatch(/^10\.96\./)
    await says('/curl http://coffee-shop --from customer', 'espresso')
  })

  test('Pods come and go, the ClusterIP stays', async () => {
    await player.play('/kubectl delete pod -l app=coffee-shop')
    expect(await field('service coffee-shop', '.spec.clusterIP')).toBe(clusterIP)
    await says(`/curl http://${clusterIP} --from customer`, 'espresso')
  })

  test('it spreads the customers over the shops', async () => {
    const { data } = await says('/curl http://coffee-shop --from customer --repeat 30', '200 ×30')
    expect(new Set(data.attempts.map(({ answeredBy }: { answeredBy: string }) => answeredBy)).size).toBe(3)
  })

  test('its DNS name has four parts: Service, namespace, svc, cluster.local', async () => {
    await says('/nslookup coffee-shop.default.svc.cluster.local. --from customer', clusterIP)
    await says('/nslookup coffee-shop --from customer', 'coffee-shop.default.svc.cluster.local', clusterIP)
    await says('/nslookup coffee-shop.marketing.svc.cluster.local. --from customer', 'NXDOMAIN')
    await says('/nslookup coffee-shop.default.pod.cluster.local. --from customer', 'NXDOMAIN')
    await says('/nslookup coffee-shop.default.svc.example.com. --from customer', 'NXDOMAIN')
  })

  test('namespaces are departments: marketing has its own nicknames', async () => {
    await says('/kubectl get namespaces', 'marketing', 'engineering', 'hr')
    await says('/kubectl run intern --image=cafe/intern -n marketing', 'pod/intern created')
    await says('/curl http://coffee-shop --from marketing/intern', 'Could not resolve host')
    await says('/curl http://coffee-shop.default --from marketing/intern', 'espresso')
  })

  test('the names work only inside', async () => {
    await says('/nslookup coffee-shop.default.svc.cluster.local --from laptop', 'NXDOMAIN')
  })

  test('uniforms: the Service finds every Pod with its label, and the bakery does not match', async () => {
    await says('/kubectl get pods --show-labels', /coffee-shop-\S+ .*app=coffee-shop/, /bakery-\S+ .*app=bakery/)
    expect((await field('pods -l app=coffee-shop', '.items[*].metadata.name')).split(' ')).toHaveLength(3)
    expect(shopsOf(await player.play('/curl http://coffee-shop --repeat 30'))).toEqual(['default/coffee-shop'])
  })

  test('new employees are found by themselves, and those who leave are removed', async () => {
    const endpoints = () =>
      field('endpointslices -l kubernetes.io/service-name=coffee-shop', '.items[*].endpoints[*].addresses[0]')
    await player.play('/kubectl scale deployment coffee-shop --replicas=4')
    expect((await endpoints()).split(' ').toSorted()).toEqual((await shops()).split(' ').toSorted())
    expect((await endpoints()).split(' ')).toHaveLength(4)
    await player.play('/kubectl scale deployment coffee-shop --replicas=3')
    expect((await endpoints()).split(' ')).toHaveLength(3)
  })
})

describe('Service types and Ingress', () => {
  test('1. ClusterIP: an internal extension; outside nobody can dial it', async () => {
    expect(await field('service coffee-shop', '.spec.type')).toBe('ClusterIP')
    const clusterIP = await field('service coffee-shop', '.spec.clusterIP')
    for (const place of ['office', 'internet', 'home'])
      expect([place, ...outcomesOf(await player.play(`/curl http://${clusterIP} --from ${place}`))]).toEqual([
        place,
        'timeout',
      ])
  })

  test('2. NodePort: a side entrance on every floor, shut for the street by the firewall', async () => {
    await says(`/kubectl patch service coffee-shop -p '{"spec":{"type":"NodePort"}}'`, 'patched')
    const door = await field('service coffee-shop', '.spec.ports[0].nodePort')
    for (const floor of ['floor-1', 'floor-2', 'floor-3'])
      await says(`/curl ${floor}:${door} --from office`, 'espresso')
    await says(`/curl 192.168.49.11:${door} --from home`, 'timeout', `firewall drops ${door}/TCP`)
    await says(`/cluster firewall allow ${door}`)
    await says(`/curl 192.168.49.11:${door} --from home`, 'espresso')
  })

  test('3. Ingress: a sheet for the traffic cop; without the cop nobody answers', async () => {
    for (const app of ['menu', 'order', 'tea']) {
      await player.play(`/kubectl create deployment ${app} --image=cafe/${app}`)
      await player.play(`/kubectl expose deployment ${app} --port=80 --target-port=8080`)
    }
    await says(
      '/kubectl create ingress lobby --class=lobby --rule=coffee.com/menu*=menu:80 --rule=coffee.com/order*=order:80 --rule=tea.com/*=tea:80',
      'ingress.networking.k8s.io/lobby created',
    )
    expect(await field('ingress lobby', '.status.loadBalancer')).toBe('{}')
    expect(outcomesOf(await says('/curl http://coffee.com/menu --from internet', 'ADDRESS is empty'))).toEqual([
      'timeout',
    ])
  })

  test('coffee.com/menu goes left, coffee.com/order goes right, tea.com takes the elevator', async () => {
    await says('/cluster addon ingress on', '203.0.113.10')
    await says('/kubectl get ingress', /lobby +lobby +coffee\.com,tea\.com +203\.0\.113\.10 +80/)
    await says('/curl http://coffee.com/menu --from internet', 'coffee.com/menu → Service menu', 'espresso, croissant')
    await says(
      '/curl http://coffee.com/order --from internet',
      'coffee.com/order → Service order',
      'your order is on its way',
    )
    await says('/curl http://tea.com --from internet', 'tea.com/ → Service tea', 'a pot of green tea')
    await says('/curl http://coffee.com/cake --from internet', 'answers 404 itself')
  })

  test('one entrance is one place for TLS', async () => {
    const day = 86_400_000
    const { certificate, key } = await certificates.make({
      hosts: ['coffee.com'],
      notBefore: MONDAY - day,
      notAfter: MONDAY + 90 * day,
      seed: 'article',
    })
    await player.play('/kubectl create secret tls coffee-tls --cert=coffee.crt --key=coffee.key', {
      'coffee.crt': certificate,
      'coffee.key': key,
    })
    await says(
      `/kubectl patch ingress lobby -p '{"spec":{"tls":[{"hosts":["coffee.com"],"secretName":"coffee-tls"}]}}'`,
      'patched',
    )
    const { data } = await says('/curl https://coffee.com/menu --from internet', 'ends TLS for coffee.com', 'espresso')
    expect(data.attempts[0]).toMatchObject({
      tls: { host: 'coffee.com', certificate: 'default/coffee-tls' },
      received: { scheme: 'http', path: '/menu' },
    })
  })
})

describe('Challenge 3: external access', () => {
  test('a LoadBalancer is given an address by the cloud', async () => {
    await says('/kubectl expose deployment bakery --port=80 --target-port=8080 --type=LoadBalancer', '203.0.113.')
    const address = await field('service bakery', '.status.loadBalancer.ingress[0].ip')
    await says(`/curl http://${address} --from internet`, 'croissant')
  })
})

describe('Putting it all together: the full picture', () => {
  test('the article’s table, filled from this cluster', async () => {
    const { text } = await says('/lesson compare', 'extension', 'side door', 'traffic cop')
    expect(text).toMatch(/^ {2}menu +10\.96\.\d+\.\d+:80 +yes no {5}no$/m)
    expect(text).toMatch(/^ {2}coffee-shop +192\.168\.49\.11:3\d{4} +yes yes {4}yes$/m)
    expect(text).toMatch(/^ {2}coffee\.com\/menu +203\.0\.113\.10 +yes yes {4}yes$/m)
    expect(text).toMatch(/^ {2}tea\.com\/ +203\.0\.113\.10 +yes yes {4}yes$/m)
    expect(text).not.toContain('Missing here')
  })
})
