/** The messages of discovery/v1. Notation: see ../fields.ts. */
export const discovery = {
  Endpoint:
    'addresses:[]string conditions:EndpointConditions hostname:*string targetRef:*core.ObjectReference deprecatedTopology:{}string nodeName:*string zone:*string hints:*EndpointHints',
  EndpointConditions: 'ready:*bool serving:*bool terminating:*bool',
  EndpointHints: 'forZones:[]ForZone forNodes:[]ForNode',
  EndpointPort: 'name:*string protocol:*~Protocol port:*int32 appProtocol:*string',
  EndpointSlice: '@object addressType:~AddressType endpoints:[]Endpoint ports:[]EndpointPort',
  ForNode: 'name',
  ForZone: 'name',
} as const
