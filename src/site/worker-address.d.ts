/** The address of a worker's own bundle, which the build puts in. */
declare module '*?worker&url' {
  const address: string
  export default address
}
