const words = ['', 'First steps', 'Basics', 'Intermediate', 'Advanced', 'Expert'] as const;

/** How hard it is, from 1 to 5, as a word and as points. */
export function Level({ level }: { readonly level: number }) {
  return (
    <span className="level" title={`Level ${level} of 5`}>
      <span className="level-points" aria-hidden="true">
        {[1, 2, 3, 4, 5].map((point) => (
          <span key={point} data-on={point <= level} />
        ))}
      </span>
      <span className="visually-hidden">Level {level} of 5: </span>
      {words[level] ?? ''}
    </span>
  );
}
