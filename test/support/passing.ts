import type { Store } from '../../src/store/store.ts'

const minute = 60_000

/** Lets minutes pass while nothing runs: everything that was done or is due lies so much further back. */
export const passing = (store: Store, minutes: number): Promise<unknown> =>
  store.write(async (tx) => {
    const back = minutes * minute
    await tx
      .updateTable('alert')
      .set((eb) => ({ raised_at: eb('raised_at', '-', back) }))
      .execute()
    await tx
      .updateTable('alert_step')
      .set((eb) => ({ at: eb('at', '-', back) }))
      .execute()
    await tx
      .updateTable('due')
      .set((eb) => ({ at: eb('at', '-', back) }))
      .execute()
    await tx
      .updateTable('member')
      .set((eb) => ({ joined_at: eb('joined_at', '-', back) }))
      .execute()
  })
