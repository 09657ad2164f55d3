import { NativeSelect } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { personRoles } from '../../contracts/roles.ts'
import { choosePersona } from '../api/persona.ts'
import { announce } from '../ui/announce.tsx'

/** Local mode only: try the portal as somebody else. Nothing of what one person saw is kept for the next. */
export function PersonaSwitch({ persona }: { persona: string | null }) {
  const queries = useQueryClient()
  const change = (value: string) => {
    choosePersona(personRoles.find((role) => role === value) ?? null)
    announce(value === '' ? 'You are yourself again' : `You are now a ${value.replace('_', ' ')}`)
    void queries.resetQueries()
  }
  return (
    <NativeSelect
      aria-label="Persona"
      title="Local mode: see the portal as somebody else"
      size="xs"
      value={persona ?? ''}
      onChange={(event) => change(event.currentTarget.value)}
      data={[
        { value: '', label: 'As myself' },
        ...personRoles.map((role) => ({ value: role, label: `As ${role.replace('_', ' ')}` })),
      ]}
    />
  )
}
