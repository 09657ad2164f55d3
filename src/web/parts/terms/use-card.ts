import { type FocusEvent, type MouseEvent, type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react'

const OPEN_MS = 150
/** Long enough to move from the word to its card. */
const CLOSE_MS = 250

let closeOther: (() => void) | null = null

/**
 * When a word's card is there: while a mouse is on either, while the focus is in either, and after a touch; until
 * Escape, which leaves it closed for as long as one stays. One card at a time.
 */
export function useCard(link: RefObject<HTMLElement | null>) {
  const [isOpen, setIsOpen] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const isHovered = useRef(false)
  const isFocused = useRef(false)
  const press = useRef({ isTouch: false, wasOpen: false })

  const close = useRef(() => {
    clearTimeout(timer.current)
    setIsOpen(false)
    if (closeOther === close.current) closeOther = null
  })
  const open = () => {
    clearTimeout(timer.current)
    if (closeOther !== close.current) closeOther?.()
    closeOther = close.current
    setIsOpen(true)
  }
  const later = (act: () => void, ms: number) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(act, ms)
  }
  useEffect(() => close.current, [])
  useDismissal(isOpen, link, close.current)

  return {
    isOpen,
    close: close.current,
    ofWhole: {
      onPointerEnter({ pointerType }: PointerEvent) {
        if (pointerType === 'touch') return
        isHovered.current = true
        later(open, OPEN_MS)
      },
      onPointerLeave() {
        isHovered.current = false
        if (!isFocused.current) later(close.current, CLOSE_MS)
      },
      onBlur({ currentTarget, relatedTarget }: FocusEvent) {
        if (relatedTarget instanceof Node && currentTarget.contains(relatedTarget)) return
        isFocused.current = false
        if (!isHovered.current) close.current()
      },
    },
    ofLink: {
      onFocus() {
        // Back from the card, where Escape was pressed, is not there anew.
        if (!isFocused.current) open()
        isFocused.current = true
      },
      onPointerDown({ pointerType }: PointerEvent) {
        press.current = { isTouch: pointerType === 'touch', wasOpen: isOpen }
      },
      onClick(event: MouseEvent) {
        // There is nothing to hover with a finger: the first touch shows the card, the next one follows the link.
        if (!press.current.isTouch || press.current.wasOpen) return
        event.preventDefault()
        open()
      },
      // Dialogs close on Escape too, unless what has the focus says that it is its own.
      'data-mantine-stop-propagation': isOpen || undefined,
    },
  }
}

/** Escape from wherever the focus is, or a press anywhere else. */
function useDismissal(isOpen: boolean, link: RefObject<HTMLElement | null>, close: () => void): void {
  useEffect(() => {
    if (!isOpen) return
    const isInside = (target: EventTarget | null) =>
      target instanceof Node && link.current?.parentElement?.contains(target) === true
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      if (isInside(document.activeElement)) link.current?.focus()
      close()
    }
    const onPress = ({ target }: Event) => {
      if (!isInside(target)) close()
    }
    document.addEventListener('keydown', onKey, true)
    document.addEventListener('pointerdown', onPress, true)
    return () => {
      document.removeEventListener('keydown', onKey, true)
      document.removeEventListener('pointerdown', onPress, true)
    }
  }, [isOpen, link, close])
}
