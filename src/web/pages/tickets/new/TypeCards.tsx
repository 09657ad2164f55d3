import { type ItemType, itemTypes } from '../../../../contracts/workflows.ts'
import { TicketTypeIcon } from '../TicketTypeIcon.tsx'
import { typeWords } from '../words.ts'
import classes from './TypeCards.module.css'
import { typeGuides } from './types.ts'

/** The three kinds of ticket, each with when to use it. */
export function TypeCards({ chosen, onChoose }: { chosen: ItemType | undefined; onChoose(type: ItemType): void }) {
  return (
    <fieldset className={classes.cards}>
      <legend className={classes.legend}>What is it about?</legend>
      {itemTypes.map((type) => (
        <label key={type} className={classes.card}>
          <input
            type="radio"
            name="type"
            value={type}
            checked={chosen === type}
            onChange={() => onChoose(type)}
            aria-describedby={`when-${type}`}
          />
          <span className={classes.words}>
            <span className={classes.title}>{typeGuides[type].title}</span>
            <span className={classes.name}>
              <TicketTypeIcon type={type} size={16} withWord />
            </span>
            <span id={`when-${type}`} className={classes.when}>
              {typeGuides[type].when}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}

export const typeTitle = (type: ItemType) => `New ${typeWords[type].toLowerCase()}`
