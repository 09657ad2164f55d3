import type * as Type from 'typebox'
import { requestTemplates, type TemplateField } from '../../../../contracts/request-templates.ts'
import type { RequestTemplates } from '../../../../contracts/tickets.ts'

type Reply = Type.Static<typeof RequestTemplates>

/** The templates as the API tells them: every field has every key, so that a client needs no cases. */
export const requestTemplatesReply: Reply = {
  items: requestTemplates.map(({ key, name, summary, requiresApproval, fields }) => ({
    key,
    name,
    summary,
    requires_approval: requiresApproval,
    fields: fields.map(fieldReply),
  })),
}

function fieldReply(field: TemplateField): Reply['items'][number]['fields'][number] {
  return {
    key: field.key,
    label: field.label,
    help: field.help ?? null,
    is_required: field.isRequired,
    type: field.type,
    options: field.type === 'choice' ? [...field.options] : [],
    length_max: field.type === 'text' || field.type === 'long_text' ? field.lengthMax : null,
    min: field.type === 'number' ? field.min : null,
    max: field.type === 'number' ? field.max : null,
    unit: field.type === 'number' ? field.unit : null,
  }
}
