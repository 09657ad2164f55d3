import { NativeSelect, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useId, useState } from 'react'
import { REASON_MAX, type RoadmapDetail } from '../../../contracts/roadmap.ts'
import { isPutOff, phases } from '../../../contracts/roadmap-ref.ts'
import { can } from '../../api/can.ts'
import { serverNow } from '../../api/clock.ts'
import { useMe } from '../../api/me.ts'
import { useAct } from '../../api/queries.ts'
import { usePlatformNames } from '../../api/summary.ts'
import { changesFrom } from '../../parts/conflict.ts'
import { MarkdownInput } from '../../parts/MarkdownInput.tsx'
import { RecordForm } from '../../parts/RecordForm.tsx'
import { useSaving } from '../../parts/use-saving.ts'
import { useKeyFor } from '../../ui/key-for.ts'
import { tellDone } from '../../ui/notify.tsx'
import { type CardDraft, cardErrors, cardLabels, draftOfCard, emptyCard, showCardValue } from './draft.ts'
import { TicketsField } from './TicketsField.tsx'
import { useThemes } from './use-themes.ts'
import { phaseHints, phaseWords, quartersAround } from './words.ts'

/** Adds a card, or changes one. Its place is changed on the board. */
export default function CardForm({ item, onClose }: { item: RoadmapDetail | null; onClose(): void }) {
  const me = useMe()
  const platforms = usePlatformNames()
  const create = useAct('roadmapCreate')
  const edit = useAct('roadmapEdit')
  const keyFor = useKeyFor()
  const mayWrite = (platformId: string | null) =>
    can(me, 'roadmap.write', { platformIds: platformId === null ? [] : [platformId] })
  const choices = platforms.filter(({ id }) => mayWrite(id) || id === item?.platform_id)
  const begun: CardDraft & { reason: string } = {
    ...(item === null
      ? { ...emptyCard, platform_id: mayWrite(null) ? null : (choices[0]?.id ?? null) }
      : draftOfCard(item)),
    reason: '',
  }
  // Read anew while it is edited, the card moves on; whether it is put off is told from where the draft began.
  const [before] = useState(item)
  const isLater = (draft: CardDraft) => before !== null && isPutOff(before, { ...draft, phase: before.phase })
  const form = useForm({ initialValues: begun, validate: (draft) => cardErrors(draft, isLater(draft)) })
  const saving = useSaving<CardDraft & { reason: string }>({
    base: item === null ? null : { draft: begun, version: item.version },
    save: (draft, base) => {
      const { reason, phase, ...fields } = draft
      if (item === null || base === null) {
        const body = { ...fields, phase }
        return create.mutateAsync({ body, idempotencyKey: keyFor(body) })
      }
      const { reason: _, phase: __, ...changes } = changesFrom(base.draft, draft)
      // A reason alone, for a quarter that was set back again, changes nothing.
      if (Object.keys(changes).length === 0) return Promise.resolve()
      return edit.mutateAsync({
        params: { id: item.id },
        body: {
          ...changes,
          expected_version: base.version,
          ...(isPutOff({ ...base.draft, phase }, { ...draft, phase }) && { reason: reason.trim() }),
        },
      })
    },
    draftOf: (record) => ({ ...draftOfCard(record), reason: '' }),
    onSaved: () => {
      tellDone(item === null ? 'Added at the end of its phase' : 'Roadmap item saved')
      onClose()
    },
    onFieldErrors: form.setErrors,
  })
  const draft = form.getValues()
  const themesId = useId()
  const themes = useThemes()
  const nameOf = (id: string) => platforms.find((platform) => platform.id === id)?.name ?? id
  return (
    <RecordForm
      title={item === null ? 'New roadmap item' : 'Edit roadmap item'}
      submitLabel={item === null ? 'Add' : 'Save'}
      form={form}
      saving={saving}
      labels={cardLabels}
      show={(field, value) => showCardValue(field, value, nameOf)}
      onClose={onClose}
    >
      <TextInput
        label={cardLabels.title}
        withAsterisk
        maxLength={200}
        data-autofocus
        {...form.getInputProps('title')}
      />
      <TextInput
        label={cardLabels.theme}
        description="What it belongs to, as “Trust in data”"
        withAsterisk
        maxLength={60}
        list={themesId}
        {...form.getInputProps('theme')}
      />
      <datalist id={themesId}>
        {themes.map((theme) => (
          <option key={theme} value={theme} />
        ))}
      </datalist>
      {item === null && (
        <NativeSelect
          label={cardLabels.phase}
          data={phases.map((phase) => ({ value: phase, label: `${phaseWords[phase]}: ${phaseHints[phase]}` }))}
          {...form.getInputProps('phase')}
        />
      )}
      <NativeSelect
        label={cardLabels.target_quarter}
        data={[{ value: '', label: 'Not said' }, ...quartersAround(serverNow(), [draft.target_quarter])]}
        value={draft.target_quarter ?? ''}
        onChange={({ currentTarget: { value } }) => form.setFieldValue('target_quarter', value === '' ? null : value)}
        error={form.errors.target_quarter}
      />
      {(isLater(draft) || form.errors.reason !== undefined) && (
        <TextInput
          label={cardLabels.reason}
          description="It is put off; the card shows what it was before, and why"
          withAsterisk
          maxLength={REASON_MAX}
          {...form.getInputProps('reason')}
        />
      )}
      <NativeSelect
        label={cardLabels.platform_id}
        data={[
          ...(mayWrite(null) || item?.platform_id === null ? [{ value: '', label: 'None in particular' }] : []),
          ...choices.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={draft.platform_id ?? ''}
        onChange={({ currentTarget: { value } }) => form.setFieldValue('platform_id', value === '' ? null : value)}
        error={form.errors.platform_id}
      />
      <TextInput
        label={cardLabels.owner}
        description="A team or a person"
        maxLength={320}
        {...form.getInputProps('owner')}
      />
      <MarkdownInput
        label={cardLabels.description}
        value={draft.description}
        onChange={(text) => form.setFieldValue('description', text)}
        error={form.errors.description}
      />
      <TicketsField
        value={draft.work_item_ids}
        known={item?.work_items ?? []}
        onChange={(ids) => form.setFieldValue('work_item_ids', ids)}
        error={form.errors.work_item_ids}
      />
    </RecordForm>
  )
}
