/** What is known of how somebody answers questions: an ability on the scale of the levels, with its uncertainty. */
export interface Ability {
  /** Expected level, 1 to 5 and a little beyond. */
  readonly level: number;
  /** Nine times out of ten it lies between these. */
  readonly low: number;
  readonly high: number;
  readonly answers: number;
}

export interface Answered {
  readonly level: number;
  /** 0 to 1. */
  readonly score: number;
  /** The weight of an answer: less when it is long ago. Default 1. */
  readonly weight?: number;
}

/** How much surer a level makes: three in four answer a question one level below their own. */
const slope = 1.1;
const grid = Array.from({ length: 141 }, (_, index) => -1 + index * 0.05);
/** Before any answer: somewhere around the second level. */
const prior = { mean: 2, deviation: 1.3 };

/** The probability that somebody of this ability answers a question of this level (Rasch's model). */
export function chanceOf(ability: number, level: number): number {
  return 1 / (1 + Math.exp(-slope * (ability - level)));
}

/** Bayes on a grid: exact, and honest with few answers. */
export function abilityFrom(answers: readonly Answered[]): Ability {
  const logs = grid.map((ability) => {
    const before = -((ability - prior.mean) ** 2) / (2 * prior.deviation ** 2);
    return answers.reduce((sum, { level, score, weight = 1 }) => {
      const chance = chanceOf(ability, level);
      return sum + weight * (score * Math.log(chance) + (1 - score) * Math.log(1 - chance));
    }, before);
  });
  const most = Math.max(...logs);
  const masses = logs.map((log) => Math.exp(log - most));
  const whole = masses.reduce((sum, mass) => sum + mass, 0);
  const mean = masses.reduce((sum, mass, index) => sum + mass * (grid[index] ?? 0), 0) / whole;
  return {
    level: mean,
    low: quantile(masses, whole, 0.05),
    high: quantile(masses, whole, 0.95),
    answers: answers.length,
  };
}

function quantile(masses: readonly number[], whole: number, share: number): number {
  let sum = 0;
  for (const [index, mass] of masses.entries()) {
    sum += mass;
    if (sum >= share * whole) return grid[index] ?? 0;
  }
  return grid.at(-1) ?? 0;
}

/** Readiness for a level: the share of its questions that would be answered, as an interval and never as one number. */
export interface Readiness {
  readonly low: number;
  readonly high: number;
  readonly answers: number;
  /** Too few answers to say anything of use. */
  readonly early: boolean;
}

export function readinessFor(level: number, answers: readonly Answered[]): Readiness {
  const ability = abilityFrom(answers);
  return {
    low: chanceOf(ability.low, level),
    high: chanceOf(ability.high, level),
    answers: answers.length,
    early: answers.length < 10,
  };
}
