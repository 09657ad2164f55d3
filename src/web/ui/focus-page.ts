/** Where a reader starts on a page that they went to: its heading, also one that comes later. Until then, the page. */
export function focusPage(): void {
  const main = document.getElementById('main')
  if (main === null || focusHeading(main)) return
  main.focus({ preventScroll: true })
  const observer = new MutationObserver(() => {
    // The reader has gone on meanwhile.
    if (document.activeElement !== main || focusHeading(main)) observer.disconnect()
  })
  observer.observe(main, { childList: true, subtree: true })
}

function focusHeading(main: HTMLElement): boolean {
  const heading = main.querySelector('h1')
  if (heading === null) return false
  focusOn(heading)
  return true
}

/** What takes no focus by itself, as a heading. It stays where it is on the screen. */
export function focusOn(element: HTMLElement): void {
  element.tabIndex = -1
  element.focus({ preventScroll: true })
}
