/**
 * The design system, shown with its reasons at /gallery. What is heavy is not here but loaded where it is used:
 * `$lib/ui/Dialog.svelte` by its own path, `$lib/ui/scan/Scanner.svelte` with `import()`.
 */
export { default as AppShell } from './AppShell.svelte';
export { default as BarChart } from './BarChart.svelte';
export { default as Button } from './Button.svelte';
export { default as CheckBox } from './CheckBox.svelte';
export { default as Code } from './Code.svelte';
export { default as DataTable } from './DataTable.svelte';
export { default as Empty } from './Empty.svelte';
export { default as ErrorPanel } from './ErrorPanel.svelte';
export { default as Field } from './Field.svelte';
export { default as FileDrop } from './FileDrop.svelte';
export { default as Money } from './Money.svelte';
export { default as Movement } from './Movement.svelte';
export { default as Notice } from './Notice.svelte';
export { default as Page } from './Page.svelte';
export { default as Paper } from './Paper.svelte';
export { default as Points } from './Points.svelte';
export { default as Progress } from './Progress.svelte';
export { default as Select } from './Select.svelte';
export { default as Skeleton } from './Skeleton.svelte';
export { default as Status } from './Status.svelte';
export type { Column } from './table.ts';
export { toast } from './toasts.svelte.ts';
