import type { DestinationStream } from 'pino'
import { prettyFactory as factory } from 'pino-pretty'

/** Lines for people, in this process: no worker thread whose output arrives after the end. */
export function prettyFactory(out: DestinationStream): DestinationStream {
  const format = factory({
    colorize: process.stdout.isTTY === true,
    ignore: 'event,request_id,route',
    singleLine: true,
    translateTime: 'SYS:HH:MM:ss.l',
  })
  return { write: (line: string) => out.write(format(line)) }
}
