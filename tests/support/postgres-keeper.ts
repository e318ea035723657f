/**
 * The process that owns a test cluster. It prints the cluster's address, then waits for its input to end, which happens
 * when its parent says so and also when the parent is killed: whatever becomes of a test run, no server stays behind.
 * Its argument is the kind of cluster.
 */
import { randomBytes } from 'node:crypto';
import { startCluster, type ClusterKind } from './postgres-cluster.ts';

// Ctrl-C reaches the whole process group; the parent decides when the cluster ends.
process.on('SIGINT', () => undefined);

const cluster = await startCluster(randomBytes(12).toString('hex'), process.argv[2] as ClusterKind);

let stopping: Promise<void> | undefined;
const stop = () => (stopping ??= cluster.stop().then(() => process.exit(0)));
process.on('SIGTERM', () => void stop());
process.stdin.on('end', () => void stop());
process.stdin.on('error', () => void stop());
process.stdin.resume();

process.stdout.write(`${cluster.url}\n`);
