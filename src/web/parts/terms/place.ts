interface Size {
  width: number
  height: number
}
interface Box {
  left: number
  top: number
  bottom: number
}

const GAP = 4
const EDGE = 8

/** Below the word if there is room, else where there is more; never past the edge of the window. All in px. */
export function placeCard(word: Box, card: Size, view: Size): { left: number; top: number } {
  const left = Math.max(EDGE, Math.min(word.left, view.width - card.width - EDGE))
  const below = word.bottom + GAP
  const above = word.top - GAP - card.height
  const fitsBelow = below + card.height + EDGE <= view.height
  const top = fitsBelow || word.top < view.height - word.bottom ? below : above
  return { left, top: Math.max(EDGE, top) }
}
