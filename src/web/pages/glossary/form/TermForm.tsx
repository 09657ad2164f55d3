import { NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { type ReactNode, useId, useState } from 'react'
import { DEFINITION_MAX, type GlossaryTerm } from '../../../../contracts/glossary.ts'
import { useMe } from '../../../api/me.ts'
import { useAct } from '../../../api/queries.ts'
import { changesFrom } from '../../../parts/conflict.ts'
import { MarkdownInput } from '../../../parts/MarkdownInput.tsx'
import { RecordForm } from '../../../parts/RecordForm.tsx'
import { TimeAgo } from '../../../parts/TimeAgo.tsx'
import { useSaving } from '../../../parts/use-saving.ts'
import { useKeyFor } from '../../../ui/key-for.ts'
import { tellDone } from '../../../ui/notify.tsx'
import { Person } from '../../tickets/detail/people.tsx'
import { useDomains } from '../queries.ts'
import { AssetsField } from './AssetsField.tsx'
import {
  draftOfTerm,
  LENGTHS,
  linesIn,
  showTermValue,
  type TermDraft,
  termErrors,
  termFieldErrors,
  termLabels,
} from './draft.ts'
import classes from './TermForm.module.css'

interface FormProps {
  /** Null to add one. */
  term: GlossaryTerm | null
  onClose(): void
  onSaved(id: string): void
}

/** Adds a term, or changes what one says. */
export function TermForm({ term, onClose, onSaved }: FormProps) {
  const create = useAct('glossaryCreate')
  const edit = useAct('glossaryEdit')
  const keyFor = useKeyFor()
  const me = useMe()
  // Read anew while it is edited, the term moves on; the draft stays with what it began with.
  const [began] = useState(term)
  const [isActive, setIsActive] = useState(false)
  const form = useForm<TermDraft>({
    initialValues: began === null ? { ...empty, steward: me?.email ?? '' } : draftOfTerm(began),
    validate: termErrors,
  })
  const saving = useSaving<TermDraft>({
    base: began === null ? null : { draft: draftOfTerm(began), version: began.version },
    async save(draft, base) {
      if (began === null || base === null) {
        const body = { ...draft, status: isActive ? ('active' as const) : ('draft' as const) }
        const { id } = await create.mutateAsync({ body, idempotencyKey: keyFor(body) })
        onSaved(id)
        return
      }
      await edit.mutateAsync({
        params: { id: began.id },
        body: { ...changesFrom(base.draft, draft), expected_version: base.version },
      })
    },
    draftOf: draftOfTerm,
    onSaved: () => {
      tellDone(began === null ? 'Term added' : 'Term saved')
      if (began !== null) onSaved(began.id)
    },
    onFieldErrors: (errors) => form.setErrors(termFieldErrors(errors)),
  })
  return (
    <RecordForm
      title={began === null ? 'Add term' : 'Edit term'}
      submitLabel={began === null ? 'Add term' : 'Save'}
      size="xl"
      form={form}
      saving={saving}
      labels={termLabels}
      show={showTermValue}
      onClose={onClose}
    >
      {term !== null && began !== null && term.version > began.version && (
        <p className={classes.meanwhile} role="status">
          <Person principal={term.updated_by} /> changed this term <TimeAgo at={term.updated_at} />. Saving compares,
          and loses nothing of yours or theirs.
        </p>
      )}
      <div className={classes.pair}>
        <TextInput
          label={termLabels.term}
          withAsterisk
          maxLength={LENGTHS.term}
          autoComplete="off"
          data-autofocus
          {...form.getInputProps('term')}
        />
        <DomainField {...form.getInputProps('domain')} />
      </div>
      <MarkdownInput
        label={termLabels.definition}
        description="What it means here, and what it does not; Markdown"
        rows={8}
        value={form.values.definition}
        onChange={(text) => form.setFieldValue('definition', text)}
        error={form.errors.definition}
        lengthMax={DEFINITION_MAX}
      />
      <SynonymsField
        value={form.values.synonyms}
        onChange={(synonyms) => form.setFieldValue('synonyms', synonyms)}
        error={form.errors.synonyms}
      />
      <div className={classes.pair}>
        <TextInput
          label={termLabels.steward}
          description="Who answers for what it means: an email or a team"
          maxLength={LENGTHS.steward}
          {...form.getInputProps('steward')}
        />
        {began === null && (
          <NativeSelect
            label="Status"
            description="A draft is still being agreed on"
            value={isActive ? 'active' : 'draft'}
            onChange={(event) => setIsActive(event.currentTarget.value === 'active')}
            data={[
              { value: 'draft', label: 'Draft' },
              { value: 'active', label: 'Active' },
            ]}
          />
        )}
      </div>
      <AssetsField
        value={form.values.related_assets}
        onChange={(assets) => form.setFieldValue('related_assets', assets)}
        error={form.errors.related_assets}
      />
    </RecordForm>
  )
}

const empty: TermDraft = { term: '', domain: '', synonyms: [], definition: '', steward: '', related_assets: [] }

/** A text with the domains that there are at hand: a new one only has to be written. */
function DomainField(props: object) {
  const id = useId()
  const domains = useDomains()
  return (
    <>
      <TextInput
        label={termLabels.domain}
        withAsterisk
        maxLength={LENGTHS.domain}
        list={id}
        autoComplete="off"
        {...props}
      />
      <datalist id={id}>
        {domains.map(({ domain }) => (
          <option key={domain} value={domain} />
        ))}
      </datalist>
    </>
  )
}

interface SynonymsProps {
  value: readonly string[]
  onChange(synonyms: string[]): void
  error: ReactNode
}

/** What is typed stays as it is typed, blank lines too; the draft has the words in it. */
function SynonymsField({ value, onChange, error }: SynonymsProps) {
  const [text, setText] = useState(value.join('\n'))
  return (
    <Textarea
      label={termLabels.synonyms}
      description="Other words for the same, one a line"
      rows={3}
      value={text}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value)
        onChange(linesIn(currentTarget.value))
      }}
      error={error}
    />
  )
}
