import { expect, test } from 'vitest'
import { aSite, desktop, phone } from './browser.ts'
import { fourJobs } from './journey.ts'
import { aVisitor } from './visitor.ts'

test.each([
  ['at a desk, in Italian', desktop, 'it'],
  ['at a desk, in English', desktop, 'en'],
  ['on a phone, in Italian', phone, 'it'],
  ['on a phone, in English', phone, 'en'],
] as const)('the four jobs by clicking %s', async (_, size, locale) => {
  const visitor = await aVisitor(await aSite({ size }), { locale })

  await fourJobs(visitor)

  expect(await visitor.page.locator('.steps li.open').count()).toBe(0)
})

test.each([
  ['at a desk, in Italian', desktop, 'it'],
  ['on a phone, in English', phone, 'en'],
] as const)('the four jobs with the keyboard alone %s', async (_, size, locale) => {
  const visitor = await aVisitor(await aSite({ size }), { locale, keyboard: true })

  await fourJobs(visitor)

  expect(await visitor.page.locator('.steps li.open').count()).toBe(0)
})
