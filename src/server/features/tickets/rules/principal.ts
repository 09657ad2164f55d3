/** A person as identity spells them: emails in lower case. */
export const principalOf = (typed: string): string => (typed.includes('@') ? typed.trim().toLowerCase() : typed.trim())
