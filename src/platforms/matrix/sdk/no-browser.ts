// The SDK looks for a browser's storage at every turn; Node has one that only warns that it is not there.
Reflect.deleteProperty(globalThis, 'localStorage')
