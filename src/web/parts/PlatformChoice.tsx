import { Choice } from '../ui/Choice.tsx'

interface PlatformChoiceProps {
  platforms: readonly { id: string; name: string }[]
  value: string | undefined
  onChange(id: string): void
}

export const PlatformChoice = ({ platforms, value, onChange }: PlatformChoiceProps) => (
  <Choice
    label="Platform"
    all="All platforms"
    options={platforms.map(({ id, name }) => ({ value: id, label: name }))}
    value={value}
    onChange={onChange}
  />
)
