/**
 * Public holidays are data that the State Council announces each November; a programme may bring its own table.
 * A day in a year that the table does not know is judged by its weekday alone, and `coversDay` says so.
 */
import { addDays, isWeekend, type Day } from './calendar.ts';

export type Holiday = { zh: string; en: string; from: Day; to: Day };
export type HolidayTable = {
  /** Where the days come from, as a person would look them up. */
  source: string;
  years: readonly number[];
  holidays: readonly Holiday[];
  /** Saturdays and Sundays on which offices work, to make up for a longer holiday. */
  makeUpWorkdays: readonly Day[];
};

/** `make-up` is a Saturday or Sunday on which offices work (调休上班). */
export type DayKind = 'workday' | 'weekend' | 'holiday' | 'make-up';
export const DAY_KINDS = ['workday', 'weekend', 'holiday', 'make-up'] as const satisfies readonly DayKind[];

export function dayKind(day: Day, table: HolidayTable): DayKind {
  if (holidayOn(day, table)) return 'holiday';
  if (table.makeUpWorkdays.includes(day)) return 'make-up';
  return isWeekend(day) ? 'weekend' : 'workday';
}

export function holidayOn(day: Day, table: HolidayTable): Holiday | undefined {
  return table.holidays.find((holiday) => holiday.from <= day && day <= holiday.to);
}

/** False when the year's holidays have not been entered, so that only weekends are known. */
export function coversDay(day: Day, table: HolidayTable): boolean {
  return table.years.includes(Number(day.slice(0, 4)));
}

/** Sources: 国务院办公厅关于2025年部分节假日安排的通知 (2024-11-12) and … 2026年 … (2025-11-04), www.gov.cn. */
export const publicHolidays: HolidayTable = {
  source: '国务院办公厅关于2025年、2026年部分节假日安排的通知',
  years: [2025, 2026],
  holidays: [
    on('元旦', "New Year's Day", '2025-01-01', 1),
    on('春节', 'Spring Festival', '2025-01-28', 8),
    on('清明节', 'Qingming Festival', '2025-04-04', 3),
    on('劳动节', 'Labour Day', '2025-05-01', 5),
    on('端午节', 'Dragon Boat Festival', '2025-05-31', 3),
    on('国庆节、中秋节', 'National Day and Mid-Autumn Festival', '2025-10-01', 8),
    on('元旦', "New Year's Day", '2026-01-01', 3),
    on('春节', 'Spring Festival', '2026-02-15', 9),
    on('清明节', 'Qingming Festival', '2026-04-04', 3),
    on('劳动节', 'Labour Day', '2026-05-01', 5),
    on('端午节', 'Dragon Boat Festival', '2026-06-19', 3),
    on('中秋节', 'Mid-Autumn Festival', '2026-09-25', 3),
    on('国庆节', 'National Day', '2026-10-01', 7),
  ],
  makeUpWorkdays: [
    '2025-01-26',
    '2025-02-08',
    '2025-04-27',
    '2025-09-28',
    '2025-10-11',
    '2026-01-04',
    '2026-02-14',
    '2026-02-28',
    '2026-05-09',
    '2026-09-20',
    '2026-10-10',
  ],
};

function on(zh: string, en: string, from: Day, days: number): Holiday {
  return { zh, en, from, to: addDays(from, days - 1) };
}
