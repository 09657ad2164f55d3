import { Button, CloseButton, Input, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { announce } from '../../../ui/announce.tsx'
import { type Asset, LENGTHS } from './draft.ts'
import classes from './TermForm.module.css'

interface AssetsProps {
  value: readonly Asset[]
  onChange(assets: Asset[]): void
  error: ReactNode
}

const ASSETS_MAX = 50

/** Tables, reports and pages that a term is about, each with an address if it has one. */
export function AssetsField({ value, onChange, error }: AssetsProps) {
  const change = (index: number, changes: Partial<Asset>) =>
    onChange(value.map((asset, at) => (at === index ? { ...asset, ...changes } : asset)))
  const remove = (index: number) => {
    onChange(value.filter((_, at) => at !== index))
    announce('Asset removed')
  }
  return (
    <fieldset className={classes.assets}>
      <legend>Related assets</legend>
      {value.map(({ name, url }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an asset is known by its place; its name is being typed.
        <div key={index} className={classes.asset}>
          <TextInput
            aria-label={`Name of asset ${index + 1}`}
            placeholder="Table, report or page"
            value={name}
            maxLength={LENGTHS.asset}
            onChange={(event) => change(index, { name: event.currentTarget.value })}
          />
          <TextInput
            aria-label={`Address of asset ${index + 1}`}
            placeholder="https://…"
            inputMode="url"
            value={url ?? ''}
            maxLength={LENGTHS.url}
            onChange={({ currentTarget }) => change(index, { url: currentTarget.value.trim() || null })}
          />
          <CloseButton aria-label={`Remove asset ${index + 1}`} onClick={() => remove(index)} />
        </div>
      ))}
      {error != null && error !== false && <Input.Error>{error}</Input.Error>}
      <div>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={14} aria-hidden />}
          disabled={value.length >= ASSETS_MAX}
          onClick={() => onChange([...value, { name: '', url: null }])}
        >
          Add asset
        </Button>
      </div>
    </fieldset>
  )
}
