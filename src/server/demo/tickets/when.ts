import { DAY_MS, startOfDay, toDay } from '../../time.ts'

/** An instant in milliseconds, told from now. */
export type When = (now: number) => number

const MINUTE_MS = 60_000

/**
 * At a time of day, so many working days before today. Two working days lie at most four days and some hours apart,
 * which is within the five days after which the portal closes a ticket by itself.
 * @param workingDays 1 or more, so that it is past whatever the time is now
 * @param time `09:40`, UTC
 */
export const on =
  (workingDays: number, time: string): When =>
  (now) =>
    workingDayBefore(now, workingDays) + minutesOf(time) * MINUTE_MS

/** @param time hours and minutes, `2:35` */
export const ago =
  (time: string): When =>
  (now) =>
    now - minutesOf(time) * MINUTE_MS

/** Still to come: for what is due. @param time hours and minutes, `26:00` */
export const ahead =
  (time: string): When =>
  (now) =>
    now + minutesOf(time) * MINUTE_MS

/** The UTC day so many days from now, `2026-11-22`; negative is past. */
export type DayIn = (days: number) => string

export const daysFrom =
  (now: number): DayIn =>
  (days) =>
    toDay(now + days * DAY_MS)

function workingDayBefore(now: number, count: number): number {
  let day = startOfDay(now)
  for (let left = count; left > 0; ) {
    day -= DAY_MS
    if (!isWeekend(day)) left -= 1
  }
  return day
}

const isWeekend = (day: number) => [0, 6].includes(new Date(day).getUTCDay())

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}
