import { describe, expect } from 'vitest'
import { lines, monthly, weekly } from '#test/support/checkins.ts'
import { tellsAYear } from '#test/support/year/story.ts'

// Every figure was counted by hand from the year as it is told in test/support/year, before the bot was asked.

// P-0005 on 11 January, P-0006 on 13; the newcomer in Welfare on 12. Requests 1 and 2 opened on 11 and 14; 1 solved on 14;
// 2 waits for three days. The reply to 1 came at 12:30, due at 15:00; the one to 2 is due on Monday 18.
const firstWeek = `Digest of the week, from Monday 11 January to Sunday 17 January
Good practices and reuses
2 new practices published:
• P-0005 · Sportello del verde
• P-0006 · Registro delle sale
Communities
• Welfare: 1 new person
Support requests
• Opened: 2
• Solved: 1
• Closed: 0
• Still to be solved: 1
• How long they have waited: up to 7 days 1, 8 to 30 days 0, over 30 days 0
• First reply: 1 request out of 1 in time
Requests opened and closed each week. Week of Monday 11 January: 2 opened, 0 closed.`

// Asked: 3 lines + 4 actions + 3 risks + 3 reuses = 13. Missing: A5, R6 and P-0005, so 10.
// Opened 5 (1 to 5). Solved 2 (1, 2). Closed 2 (1 by itself on 21, 4 cancelled on 29). Open 2: 3 for 9 days, 5 for 2.
// First replies: 1 in time; 2 and 3 late; 4 was cancelled before, 5 is due in February. 1 of 3.
const january = `Digest of January 2027
The month's check-in. Answers: 10 of 13.
L1T Management and coordination: green
• A1 Strategic coordination: green
• A2 Operational coordination: amber
L2T Communication and dissemination: green
• A4 Communication actions for the funded project: amber
L3T Monitoring and evaluation: amber
• A5 Monitoring and evaluation: no answer yet
Lines to complete: L3T (A5).
Reuses under way
• P-0001 Sportello unico digitale (SUAPE) · Comune di Perugia: green
• P-0003 Porta unica dei servizi sociali · Comune di Foligno: red
• P-0005 Sportello del verde · Comune di Perugia: no answer yet
No risk rose.
Risks to review: R6.
Support is needed for: A4.
Status of the lines, from August 2026 to January 2027. L1T Management and coordination: January green. L2T Communication and dissemination: January green. L3T Monitoring and evaluation: January amber.
Good practices and reuses
2 new practices published:
• P-0005 · Sportello del verde
• P-0006 · Registro delle sale
2 reuses opened:
• Comune di Foligno · P-0003 · Porta unica dei servizi sociali
• Comune di Perugia · P-0005 · Sportello del verde
One practice came into use:
• Comune di Perugia · P-0001 · Sportello unico digitale (SUAPE)
Communities
• Digital transition: 0 people; it can reach 92 administrations
• One-stop shops (SUAPE), Environment, Energy and Territory: 2 people; it can reach 92 administrations
• Welfare: 1 new person, 1 person in all; it can reach 12 administrations
Support requests
• Opened: 5
• Solved: 2
• Closed: 2
• Still to be solved: 2
• How long they have waited: up to 7 days 1, 8 to 30 days 1, over 30 days 0
• First reply: 1 request out of 3 in time
Requests opened and closed each week. Week of Monday 11 January: 2 opened, 0 closed. Week of Monday 18 January: 1 opened, 1 closed. Week of Monday 25 January: 2 opened, 1 closed.`

// Asked: 13, Perugia's P-0001 for the last time. Missing: A2, P-0005, so 11.
// R1 6 to 9, R5 12 to 16. Opened 3 (6, 7, 8). Solved 2 (3, 6); 5 was opened again. Closed 3 (2, 3, 6).
// Open 3: 5 for 30 days, 7 for 13, 8 for 2. First replies: 5, 6 and 7 in time; 8 is due in March. 3 of 3.
const february = `Digest of February 2027
The month's check-in. Answers: 11 of 13.
L1T Management and coordination: green, as the month before
• A1 Strategic coordination: red, was green
• A2 Operational coordination: no answer yet
L2T Communication and dissemination: green, as the month before
• A4 Communication actions for the funded project: green, was amber
L3T Monitoring and evaluation: red, was amber
• A5 Monitoring and evaluation: green, was red
Lines to complete: L1T (A2).
Reuses under way
• P-0001 Sportello unico digitale (SUAPE) · Comune di Perugia: green, as the month before
• P-0003 Porta unica dei servizi sociali · Comune di Foligno: amber, was red
• P-0005 Sportello del verde · Comune di Perugia: no answer yet
Risks that rose
• R1 Unclear what justifies creating a community: from 6 to 9. Now: likelihood 3 (was 2), impact 3
• R5 Difficulty spreading solutions among administrations: from 12 to 16. Now: likelihood 4 (was 3), impact 4
Status of the lines, from September 2026 to February 2027. L1T Management and coordination: January to February green. L2T Communication and dissemination: January to February green. L3T Monitoring and evaluation: January amber and February red.
Good practices and reuses
One new practice published:
• P-0008 · Segnalazione dei guasti
One deployment begun:
• Comune di Foligno · P-0003 · Porta unica dei servizi sociali
One organization went from reuser to holder:
• Comune di Perugia · P-0001 · Sportello unico digitale (SUAPE)
Communities
• Digital transition: 1 new person, 1 person in all; it can reach 92 administrations
• One-stop shops (SUAPE), Environment, Energy and Territory: 2 people; it can reach 92 administrations
• Welfare: 1 person; it can reach 12 administrations
Support requests
• Opened: 3
• Solved: 2
• Closed: 3
• Still to be solved: 3
• How long they have waited: up to 7 days 1, 8 to 30 days 2, over 30 days 0
• First reply: 3 requests out of 3 in time
Requests opened and closed each week. Week of Monday 11 January: 2 opened, 0 closed. Week of Monday 18 January: 1 opened, 1 closed. Week of Monday 25 January: 2 opened, 1 closed. Week of Monday 1 February: 0 opened, 1 closed. Week of Monday 8 February: 1 opened, 1 closed. Week of Monday 15 February: 1 opened, 1 closed. Week of Monday 22 February: 1 opened, 0 closed.`

// Only 7 is open on 29 March, for 41 days.
const holyWeek = `Digest of the week, from Monday 22 March to Sunday 28 March
Support requests
• Opened: 0
• Solved: 0
• Closed: 0
• Still to be solved: 1
• How long they have waited: up to 7 days 0, 8 to 30 days 0, over 30 days 1
Requests opened and closed each week. Week of Monday 1 February: 0 opened, 1 closed. Week of Monday 8 February: 1 opened, 1 closed. Week of Monday 15 February: 1 opened, 1 closed. Week of Monday 22 February: 1 opened, 0 closed. Week of Monday 8 March: 0 opened, 1 closed. Week of Monday 15 March: 0 opened, 1 closed.`

// Asked: 10 of the programme and 3 reuses = 13. Missing: A2 and Foligno's P-0005, so 11. R1 fell, R5 16 to 20, R6 4 to 9.
// Opened 2 (9, 10). Solved 1 and closed 1 (9). Open 2: 7 for 105 days, 10 since yesterday. First replies: 9, late. 0 of 1.
const may = `Digest of May 2027
The month's check-in. Answers: 11 of 13.
L1T Management and coordination: amber, no answer the month before
• A1 Strategic coordination: green, no answer the month before
• A2 Operational coordination: no answer yet
L2T Communication and dissemination: green, no answer the month before
• A4 Communication actions for the funded project: red, no answer the month before
L3T Monitoring and evaluation: green, no answer the month before
• A5 Monitoring and evaluation: amber, no answer the month before
Lines to complete: L1T (A2).
Reuses under way
• P-0003 Porta unica dei servizi sociali · Comune di Foligno: green, no answer the month before
• P-0005 Sportello del verde · Comune di Foligno: no answer yet
• P-0005 Sportello del verde · Comune di Perugia: amber, no answer the month before
Risks that rose
• R5 Difficulty spreading solutions among administrations: from 16 to 20. Now: likelihood 4, impact 5 (was 4)
• R6 Resistance to change in local organisations: from 4 to 9. Now: likelihood 3 (was 2), impact 3 (was 2)
Support is needed for: L2T and P-0005.
Status of the lines, from December 2026 to May 2027. L1T Management and coordination: January to February green, March to April no answer and May amber. L2T Communication and dissemination: January to February green, March to April no answer and May green. L3T Monitoring and evaluation: January amber, February red, March to April no answer and May green.
Good practices and reuses
One reuse opened:
• Comune di Foligno · P-0005 · Sportello del verde
One deployment begun:
• Comune di Perugia · P-0005 · Sportello del verde
One practice came into use:
• Comune di Foligno · P-0003 · Porta unica dei servizi sociali
Communities
• Digital transition: 0 people; it can reach 92 administrations
• One-stop shops (SUAPE), Environment, Energy and Territory: 1 new person, 3 people in all; it can reach 92 administrations
• Welfare: 1 person; it can reach 12 administrations
Support requests
• Opened: 2
• Solved: 1
• Closed: 1
• Still to be solved: 2
• How long they have waited: up to 7 days 1, 8 to 30 days 0, over 30 days 1
• First reply: 0 requests out of 1 in time
Requests opened and closed each week. Week of Monday 3 May: 1 opened, 0 closed. Week of Monday 10 May: 0 opened, 1 closed. Week of Monday 31 May: 1 opened, 0 closed.`

describe('a year of the community in English, and its digests', () => {
  tellsAYear('en', {
    'its digests': async bot => {
      const inLines = (text: string): string[] => text.split('\n')
      const [first, second, , , fifth] = monthly(bot)
      expect(lines(weekly(bot)[0]!)).toEqual(inLines(firstWeek))
      expect(lines(first!)).toEqual(inLines(january))
      expect(lines(second!)).toEqual(inLines(february))
      expect(lines(weekly(bot)[10]!)).toEqual(inLines(holyWeek))
      expect(lines(fifth!)).toEqual(inLines(may))
      // One for each Monday from 18 January 2027 to 31 January 2028: 55.
      expect(weekly(bot)).toHaveLength(55)
    },
    'what came late': async ({ coordinator }) => {
      // With A5, which came late: 11, 1 of them late.
      await coordinator.says('digest january 2027')
      expect(coordinator.lastMessage()).toSay('Answers: 11 of 13, 1 of them late.')
      expect(coordinator.lastMessage()).toSay('A5 Monitoring and evaluation: red (late answer)')
    },
  })
})
