import { Button, NativeSelect, TextInput } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { type RefObject, useRef } from 'react'
import { environments, itemSeverities, TAG_MAX, TAGS_MAX, TITLE_MAX } from '../../../../contracts/tickets.ts'
import type { ItemType } from '../../../../contracts/workflows.ts'
import type { ApiFault } from '../../../api/fault.ts'
import { useCan } from '../../../api/me.ts'
import { useAct } from '../../../api/queries.ts'
import { usePlatformNames } from '../../../api/summary.ts'
import { MarkdownInput } from '../../../parts/MarkdownInput.tsx'
import { TagsField } from '../../../parts/TagsField.tsx'
import { fieldErrors } from '../../../parts/use-saving.ts'
import { type NewTicketSearch, toTicket, toTickets } from '../../../paths.ts'
import { FormError } from '../../../ui/FormError.tsx'
import { useKeyFor } from '../../../ui/key-for.ts'
import linkButton from '../../../ui/LinkButton.module.css'
import { tellDone } from '../../../ui/notify.tsx'
import stack from '../../../ui/Stack.module.css'
import { severityWords, typeWords } from '../words.ts'
import { bodyOf, fieldOf, type TicketDraft } from './draft.ts'
import classes from './NewTicket.module.css'
import { SimilarTickets } from './SimilarTickets.tsx'
import { TemplateFields } from './TemplateFields.tsx'
import { typeGuides } from './types.ts'
import { useTicketDraft } from './use-ticket-draft.ts'
import { useWait } from './use-wait.ts'

/** Files one ticket of one type. */
export function TicketForm({ type, search }: { type: ItemType; search: NewTicketSearch }) {
  const can = useCan()
  const navigate = useNavigate()
  const create = useAct('workItemCreate')
  const keyFor = useKeyFor()
  const element = useRef<HTMLFormElement>(null)
  const needsPlatform = !can('work_item.create')
  const platforms = usePlatformNames().filter(({ id }) => can('work_item.create', { platformIds: [id] }))
  const { form, isRestored, discard, finish } = useTicketDraft(type, search, needsPlatform)
  const limited = create.error?.code === 'rate_limited' && create.error.retryAfter !== null ? create.error : null
  const wait = useWait(limited)
  const guide = typeGuides[type]

  const file = (draft: TicketDraft) => {
    if (wait !== null || create.isPending) return
    const body = bodyOf(type, draft)
    create.mutate(
      { body, idempotencyKey: keyFor(body) },
      {
        onSuccess: ({ id, title }) => {
          finish()
          tellDone(`${typeWords[type]} filed: ${title}`)
          // Going back must not lead to the form of what is filed.
          void navigate({ ...toTicket(id), replace: true })
        },
        onError: (fault) => {
          const errors = errorsAtFields(fault)
          form.setErrors(errors)
          focusFirst(element, errors)
        },
      },
    )
  }
  return (
    <form
      ref={element}
      className={classes.form}
      onSubmit={form.onSubmit(file, (errors) => focusFirst(element, errors))}
      noValidate
      aria-label={typeWords[type]}
    >
      {isRestored && (
        <p className={classes.restored} role="status">
          Draft restored.
          <Button variant="default" size="compact-sm" onClick={discard}>
            Discard
          </Button>
        </p>
      )}
      <TextInput
        label="Title"
        description="What it is about, in one line"
        withAsterisk
        maxLength={TITLE_MAX}
        autoComplete="off"
        {...form.getInputProps('title')}
      />
      <SimilarTickets title={form.values.title} onTaken={finish} />
      {type === 'PLATFORM_REQUEST' && <TemplateFields form={form} />}
      <div className={classes.pair}>
        <NativeSelect
          label="Platform"
          withAsterisk={needsPlatform}
          data={[
            { value: '', label: needsPlatform ? 'Choose' : 'None, or not sure' },
            ...platforms.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          {...form.getInputProps('platform_id')}
        />
        {type === 'INCIDENT' && (
          <>
            <NativeSelect
              label="Severity"
              data={[
                { value: '', label: 'Not sure' },
                ...itemSeverities.map((severity) => ({ value: severity, label: severityWords[severity] })),
              ]}
              {...form.getInputProps('severity')}
            />
            <NativeSelect
              label="Environment"
              data={[
                { value: '', label: 'Not sure' },
                ...environments.map((name) => ({ value: name, label: name[0]?.toUpperCase() + name.slice(1) })),
              ]}
              {...form.getInputProps('environment')}
            />
          </>
        )}
      </div>
      <MarkdownInput
        label={guide.text}
        description={guide.help}
        placeholder={guide.placeholder}
        required={type !== 'PLATFORM_REQUEST'}
        rows={type === 'PLATFORM_REQUEST' ? 4 : 9}
        value={form.values.description}
        onChange={(text) => form.setFieldValue('description', text)}
        error={form.errors.description}
        path="description"
      />
      <TagsField
        label="Tags"
        value={form.values.tags}
        onChange={(tags) => form.setFieldValue('tags', tags)}
        error={form.errors.tags}
        lengthMax={TAG_MAX}
        countMax={TAGS_MAX}
        path="tags"
      />
      {wait === null ? (
        <FormError fault={limited === null ? create.error : null} />
      ) : (
        <p role="alert" className={classes.restored}>
          You filed many tickets in a short time. Your draft is kept; the button works again when the time is over.
        </p>
      )}
      <div className={stack.row}>
        <Button type="submit" loading={create.isPending} disabled={wait !== null}>
          {wait === null ? guide.submit : `${guide.submit} (in ${wait} s)`}
        </Button>
        <Button
          variant="default"
          className={linkButton.button}
          renderRoot={(props) => <Link {...toTickets()} {...props} />}
        >
          Cancel
        </Button>
      </div>
    </form>
  )
}

/** What the portal found wrong, by the form's names. */
const errorsAtFields = (fault: ApiFault) =>
  Object.fromEntries(Object.entries(fieldErrors(fault)).map(([path, wrong]) => [fieldOf(path), wrong]))

/** In the order of the page, which is not that of the checks. */
function focusFirst(form: RefObject<HTMLFormElement | null>, errors: Record<string, unknown>): void {
  const fields = [...(form.current?.querySelectorAll<HTMLElement>('[data-path]') ?? [])]
  fields.find(({ dataset: { path = '' } }) => errors[path] != null)?.focus()
}
