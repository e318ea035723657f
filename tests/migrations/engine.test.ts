import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { eachEngine } from '../support/database.ts';

eachEngine((_name, open) => {
  it('gives back what was written, on a connection of its own', async () => {
    const engine = await open();
    const { books } = engine.tables;
    await engine.db
      .insert(books)
      .values({ id: 1, code: 'hemei', name: '和美苑', createdAt: 1_780_000_000_000 });
    const found = await engine.reader.select().from(books).where(eq(books.code, 'hemei'));
    expect(found).toEqual([{ id: 1, code: 'hemei', name: '和美苑', createdAt: 1_780_000_000_000 }]);
  });
});
