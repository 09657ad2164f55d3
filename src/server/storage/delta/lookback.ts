/** How many of a check's observations its state is folded from; the same as in `pasts.ts` of the status feature. */
export const LOOKBACK = 400
