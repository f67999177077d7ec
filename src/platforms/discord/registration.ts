import {
  ApplicationIntegrationType,
  InteractionContextType,
  type RESTPostAPIChatInputApplicationCommandsJSONBody as Registration,
  SlashCommandBuilder,
  type SlashCommandSubcommandBuilder,
} from 'discord.js'
import { cleanText, clip } from '../../chat/clean.ts'
import { type Command, hasVerbs, type LineCommand, type Verb } from '../../chat/command.ts'
import { type OptionShape, shapesOf } from '../../chat/options.ts'
import { LIMITS } from './limits.ts'

/** The option that takes the line of a command that reads one. */
const LINE_OPTION = 'command'
/** The option that takes a file for the channel's folder. */
export const FILE_OPTION = 'file'

/**
 * What Discord is told about the commands. The builders check names, counts and lengths; a command that does not fit
 * throws an error that names it, so that this is noticed when the project is built and not by a learner.
 */
export const toRegistrations = (commands: readonly Command[]): Registration[] => commands.map(toRegistration)

function toRegistration(command: Command): Registration {
  try {
    const builder = new SlashCommandBuilder()
      .setName(command.name)
      .setDescription(describe(command.summary))
      .setContexts(InteractionContextType.Guild, InteractionContextType.BotDM)
      .setIntegrationTypes(ApplicationIntegrationType.GuildInstall)
    if (hasVerbs(command))
      for (const [name, verb] of Object.entries(command.verbs))
        builder.addSubcommand((subcommand) => addVerb(subcommand.setName(name), verb))
    else addLine(builder, command)
    const json = builder.toJSON()
    const size = sizeOf(json)
    if (size > LIMITS.command.budget) throw new Error(`it has ${size} characters of at most ${LIMITS.command.budget}`)
    return json
  } catch (error) {
    throw new Error(`Discord cannot register /${command.name}`, { cause: error })
  }
}

function addLine(builder: SlashCommandBuilder, command: LineCommand): void {
  builder.addStringOption((option) =>
    option
      .setName(LINE_OPTION)
      .setDescription(describe(command.usage))
      .setMaxLength(LIMITS.command.value)
      .setAutocomplete(command.complete !== undefined),
  )
  if (command.files)
    builder.addAttachmentOption((option) =>
      option.setName(FILE_OPTION).setDescription('A text file for this channel, to be used with -f NAME or -f -'),
    )
}

function addVerb(builder: SlashCommandSubcommandBuilder, verb: Verb): SlashCommandSubcommandBuilder {
  builder.setDescription(describe(verb.summary))
  // Discord wants required options first.
  const shapes = shapesOf(verb)
  for (const shape of [...shapes.filter(({ required }) => required), ...shapes.filter(({ required }) => !required)])
    addOption(builder, shape, verb.complete?.[shape.name] !== undefined)
  return builder
}

function addOption(builder: SlashCommandSubcommandBuilder, shape: OptionShape, completes: boolean): void {
  const { name, required } = shape
  const description = describe(shape.description)
  if (shape.type === 'boolean') {
    builder.addBooleanOption((option) => option.setName(name).setDescription(description).setRequired(required))
  } else if (shape.type === 'integer') {
    builder.addIntegerOption((option) =>
      bound(option.setName(name).setDescription(description).setRequired(required), shape),
    )
  } else if (shape.type === 'number') {
    builder.addNumberOption((option) =>
      bound(option.setName(name).setDescription(description).setRequired(required), shape),
    )
  } else {
    const choices = shape.choices.length <= LIMITS.command.choices ? shape.choices : []
    builder.addStringOption((option) => {
      option.setName(name).setDescription(description).setRequired(required)
      if (choices.length > 0) return option.setChoices(choices.map((value) => ({ name: value, value })))
      return option.setMaxLength(LIMITS.command.value).setAutocomplete(completes || shape.choices.length > 0)
    })
  }
}

interface Numeric {
  setMinValue(minimum: number): this
  setMaxValue(maximum: number): this
}

/** zod states the bounds of safe integers where a schema sets none; those are left out. */
function bound<Option extends Numeric>(option: Option, { minimum, maximum }: OptionShape): Option {
  if (minimum !== undefined && minimum > Number.MIN_SAFE_INTEGER) option.setMinValue(minimum)
  if (maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER) option.setMaxValue(maximum)
  return option
}

const describe = (text: string): string =>
  clip(cleanText(text).replaceAll(/\s+/g, ' ').trim(), LIMITS.command.description)

interface Sized {
  name: string
  description?: string | undefined
  options?: readonly Sized[] | undefined
  choices?: readonly { name: string; value: string | number }[] | undefined
}

/** What Discord counts against the budget of a command. */
export const sizeOf = ({ name, description = '', options = [], choices = [] }: Sized): number =>
  name.length +
  description.length +
  options.reduce((sum, option) => sum + sizeOf(option), 0) +
  choices.reduce((sum, choice) => sum + choice.name.length + String(choice.value).length, 0)
