import { Button } from '@mantine/core'
import classes from './Stack.module.css'

interface MoreProps {
  shown: number
  total: number
  what: string
  pages: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage(): unknown }
}

/** How many of how many, and the rest on demand. */
export function MoreButton({ shown, total, what, pages }: MoreProps) {
  return (
    <div className={classes.row}>
      <p className={classes.dimmed} role="status">
        {shown} of {total} {what}
      </p>
      {pages.hasNextPage && (
        <Button
          variant="default"
          size="xs"
          loading={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          Show more
        </Button>
      )}
    </div>
  )
}
