import { VisuallyHidden } from '@mantine/core'
import { IconUser } from '@tabler/icons-react'
import classes from './Roadmap.module.css'

/** Who answers for it, told apart from the platform beside it, which may have the same name. */
export const Owner = ({ name }: { name: string }) => (
  <span className={classes.owner} title="Owner">
    <IconUser size={14} aria-hidden />
    <VisuallyHidden>Owner: </VisuallyHidden>
    <bdi>{name}</bdi>
  </span>
)
