/** What a merge did, kept with its request: whatever was dropped because the keeper had it can be read here. */
export type MergeEffects = {
  readonly residencies: {
    readonly moved: number;
    /** Days that the keeper lived in the house already: the duplicate's rows as they were. */
    readonly collapsed: readonly {
      readonly id: string;
      readonly house: string;
      readonly relation: string;
      readonly since: string;
      readonly until: string | null;
    }[];
  };
  readonly roles: { readonly moved: number; readonly ended: number };
  /** `moved`: the keeper signs in with it from now on; `closed`: the keeper has one of their own. */
  readonly signIn: 'none' | 'moved' | 'closed';
  /** The keeper had no phone and got the duplicate's. */
  readonly phone: boolean;
  readonly links: number;
};
