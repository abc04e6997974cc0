import { Component, type ReactNode } from 'react';

interface Properties {
  /** What stands there instead. */
  readonly instead: (why: string) => ReactNode;
  readonly children: ReactNode;
}

/** What cannot be drawn is replaced, and what stands around it stays. */
export class Boundary extends Component<Properties, { readonly why: string | null }> {
  override state: { readonly why: string | null } = { why: null };

  static getDerivedStateFromError(error: unknown): { readonly why: string } {
    return { why: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    return this.state.why === null ? this.props.children : this.props.instead(this.state.why);
  }
}
