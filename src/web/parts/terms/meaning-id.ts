/** Where a card says what one of its words means; what describes the marked word to those who hear it. */
export const meaningId = (cardId: string, { id }: { id: string }) => `${cardId}-${id}`
