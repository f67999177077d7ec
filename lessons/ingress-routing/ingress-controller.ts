import {
  LOBBY_CONTROLLER,
  LOBBY_IMAGE,
  NGINX_CONTROLLER,
  NGINX_RETIRED,
  RETIRED_ANNOTATION,
} from '../../src/cluster/network/ingress-controller.ts'
import { LOBBY_ADDRESS } from '../../src/cluster/worlds/cafe.ts'

/** An ingress controller as a manifest, with the same objects as the add-on: what somebody would apply by hand. */
export const INGRESS_CONTROLLER = `apiVersion: v1
kind: Namespace
metadata:
  name: lobby-system
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: lobby-controller
  namespace: lobby-system
  labels:
    app: lobby-controller
spec:
  replicas: 1
  selector:
    matchLabels:
      app: lobby-controller
  template:
    metadata:
      labels:
        app: lobby-controller
    spec:
      containers:
      - name: controller
        image: ${LOBBY_IMAGE}:1.0
        ports:
        - name: http
          containerPort: 80
        - name: https
          containerPort: 443
---
apiVersion: v1
kind: Service
metadata:
  name: lobby-controller
  namespace: lobby-system
  labels:
    app: lobby-controller
spec:
  type: LoadBalancer
  loadBalancerIP: ${LOBBY_ADDRESS}
  selector:
    app: lobby-controller
  ports:
  - name: http
    port: 80
    targetPort: http
  - name: https
    port: 443
    targetPort: https
---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata:
  name: lobby
  labels:
    app: lobby-controller
spec:
  controller: ${LOBBY_CONTROLLER}
---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata:
  name: nginx
  labels:
    app: lobby-controller
  annotations:
    ${RETIRED_ANNOTATION}: ${NGINX_RETIRED}
spec:
  controller: ${NGINX_CONTROLLER}
`
