import { describe, expect } from 'vitest'
import { lines, monthly, weekly } from '#test/support/checkins.ts'
import { tellsAYear } from '#test/support/year/story.ts'

// Every figure was counted by hand from the year as it is told in test/support/year, before the bot was asked.

// Published: P-0005 on 11 January and P-0006 on 13. Welfare: the newcomer. Requests: 1 and 2 opened, 1 solved on 14; 2 has
// waited since 14, three days. Of 1 it is known that the reply came in time; of 2 nothing is known before Monday 18.
const firstWeek = `Riepilogo della settimana, da lunedì 11 gennaio a domenica 17 gennaio
Buone pratiche e riusi
2 nuove pratiche pubblicate:
• P-0005 · Sportello del verde
• P-0006 · Registro delle sale
Comunità
• Welfare: 1 persona nuova
Richieste di supporto
• Aperte: 2
• Risolte: 1
• Chiuse: 0
• Ancora da risolvere: 1
• Da quanto aspettano: fino a 7 giorni 1, da 8 a 30 giorni 0, oltre 30 giorni 0
• Prima risposta: 1 richiesta su 1 entro i tempi
Richieste aperte e chiuse ogni settimana. Settimana di lunedì 11 gennaio: aperte 2, chiuse 0.`

// Asked: three lines, four actions, three risks, and the adoptions of P-0001, P-0003 and P-0005: 13. Missing: A5, R6, P-0005.
// In use: P-0001, on 20. Opened: P-0003 on 21, P-0005 on 25. SUAPE has the two of the kit.
// Requests: 1 to 5 opened; 1 solved on 14 and 2 on 22; 1 closed on 21 (five working days after) and 4 taken back on 29.
// Open: 3 since 22 at 12:00 (9 days), 5 since 29 (2 days). Replies: 1 in time, 2 and 3 late; 4 was taken back, 5 is due later.
const january = `Riepilogo di gennaio 2027
Verifica del mese. Risposte: 10 su 13.
L1T Gestione e coordinamento: verde
• A1 Coordinamento strategico: verde
• A2 Coordinamento operativo: giallo
L2T Comunicazione e disseminazione: verde
• A4 Azioni di comunicazione del progetto finanziato: giallo
L3T Monitoraggio e valutazione: giallo
• A5 Monitoraggio e valutazione: manca la risposta
Linee da completare: L3T (A5).
Riusi in corso
• P-0001 Sportello unico digitale (SUAPE) · Comune di Perugia: verde
• P-0003 Porta unica dei servizi sociali · Comune di Foligno: rosso
• P-0005 Sportello del verde · Comune di Perugia: manca la risposta
Nessun rischio è cresciuto.
Rischi da rivedere: R6.
Serve supporto per: A4.
Stato delle linee, da agosto 2026 a gennaio 2027. L1T Gestione e coordinamento: gennaio verde. L2T Comunicazione e disseminazione: gennaio verde. L3T Monitoraggio e valutazione: gennaio giallo.
Buone pratiche e riusi
2 nuove pratiche pubblicate:
• P-0005 · Sportello del verde
• P-0006 · Registro delle sale
2 riusi aperti:
• Comune di Foligno · P-0003 · Porta unica dei servizi sociali
• Comune di Perugia · P-0005 · Sportello del verde
Una pratica entrata in uso:
• Comune di Perugia · P-0001 · Sportello unico digitale (SUAPE)
Comunità
• Transizione digitale: 0 persone; può raggiungere 92 enti
• SUAPE, Ambiente, Energia e Territorio: 2 persone; può raggiungere 92 enti
• Welfare: 1 persona nuova, 1 persona in tutto; può raggiungere 12 enti
Richieste di supporto
• Aperte: 5
• Risolte: 2
• Chiuse: 2
• Ancora da risolvere: 2
• Da quanto aspettano: fino a 7 giorni 1, da 8 a 30 giorni 1, oltre 30 giorni 0
• Prima risposta: 1 richiesta su 3 entro i tempi
Richieste aperte e chiuse ogni settimana. Settimana di lunedì 11 gennaio: aperte 2, chiuse 0. Settimana di lunedì 18 gennaio: aperte 1, chiuse 1. Settimana di lunedì 25 gennaio: aperte 2, chiuse 1.`

// Asked: the same 13, because P-0001 became a holding in February. Missing: A2, P-0005. A5 was red, late, for January.
// R1 2x3 = 6 to 3x3 = 9; R5 3x4 = 12 to 4x4 = 16; R6 for the first time.
// Requests: 6, 7, 8 opened; 3 solved on 3 and 6 on 11 (5 was opened again); closed: 2 on 1, 3 on 10, 6 on 18.
// Open on 1 March: 5 since 29 January at 10:00 (30 days), 7 since 15 (13 days), 8 since 26 (2 days). Replies: 5, 6, 7 in time.
const february = `Riepilogo di febbraio 2027
Verifica del mese. Risposte: 11 su 13.
L1T Gestione e coordinamento: verde, come il mese prima
• A1 Coordinamento strategico: rosso, era verde
• A2 Coordinamento operativo: manca la risposta
L2T Comunicazione e disseminazione: verde, come il mese prima
• A4 Azioni di comunicazione del progetto finanziato: verde, era giallo
L3T Monitoraggio e valutazione: rosso, era giallo
• A5 Monitoraggio e valutazione: verde, era rosso
Linee da completare: L1T (A2).
Riusi in corso
• P-0001 Sportello unico digitale (SUAPE) · Comune di Perugia: verde, come il mese prima
• P-0003 Porta unica dei servizi sociali · Comune di Foligno: giallo, era rosso
• P-0005 Sportello del verde · Comune di Perugia: manca la risposta
Rischi cresciuti
• R1 Elementi che danno senso alla nascita di una comunità non chiari: da 6 a 9. Ora: probabilità 3 (era 2), impatto 3
• R5 Difficoltà a diffondere le soluzioni presso le amministrazioni: da 12 a 16. Ora: probabilità 4 (era 3), impatto 4
Stato delle linee, da settembre 2026 a febbraio 2027. L1T Gestione e coordinamento: da gennaio a febbraio verde. L2T Comunicazione e disseminazione: da gennaio a febbraio verde. L3T Monitoraggio e valutazione: gennaio giallo e febbraio rosso.
Buone pratiche e riusi
Una nuova pratica pubblicata:
• P-0008 · Segnalazione dei guasti
Un'installazione iniziata:
• Comune di Foligno · P-0003 · Porta unica dei servizi sociali
Un ente è passato da riuso a detentore:
• Comune di Perugia · P-0001 · Sportello unico digitale (SUAPE)
Comunità
• Transizione digitale: 1 persona nuova, 1 persona in tutto; può raggiungere 92 enti
• SUAPE, Ambiente, Energia e Territorio: 2 persone; può raggiungere 92 enti
• Welfare: 1 persona; può raggiungere 12 enti
Richieste di supporto
• Aperte: 3
• Risolte: 2
• Chiuse: 3
• Ancora da risolvere: 3
• Da quanto aspettano: fino a 7 giorni 1, da 8 a 30 giorni 2, oltre 30 giorni 0
• Prima risposta: 3 richieste su 3 entro i tempi
Richieste aperte e chiuse ogni settimana. Settimana di lunedì 11 gennaio: aperte 2, chiuse 0. Settimana di lunedì 18 gennaio: aperte 1, chiuse 1. Settimana di lunedì 25 gennaio: aperte 2, chiuse 1. Settimana di lunedì 1 febbraio: aperte 0, chiuse 1. Settimana di lunedì 8 febbraio: aperte 1, chiuse 1. Settimana di lunedì 15 febbraio: aperte 1, chiuse 1. Settimana di lunedì 22 febbraio: aperte 1, chiuse 0.`

// Only 7 is open on 29 March: since 15 February, 41 days.
const holyWeek = `Riepilogo della settimana, da lunedì 22 marzo a domenica 28 marzo
Richieste di supporto
• Aperte: 0
• Risolte: 0
• Chiuse: 0
• Ancora da risolvere: 1
• Da quanto aspettano: fino a 7 giorni 0, da 8 a 30 giorni 0, oltre 30 giorni 1
Richieste aperte e chiuse ogni settimana. Settimana di lunedì 1 febbraio: aperte 0, chiuse 1. Settimana di lunedì 8 febbraio: aperte 1, chiuse 1. Settimana di lunedì 15 febbraio: aperte 1, chiuse 1. Settimana di lunedì 22 febbraio: aperte 1, chiuse 0. Settimana di lunedì 8 marzo: aperte 0, chiuse 1. Settimana di lunedì 15 marzo: aperte 0, chiuse 1.`

// Asked: ten of the programme, P-0003 and P-0005 for Foligno, P-0005 for Perugia: 13. Missing: A2, P-0005 for Foligno.
// Nobody answered for April; risks were last reviewed for February: R1 9 to 2x2 = 4, R5 16 to 4x5 = 20, R6 4 to 3x3 = 9.
// Digital: the reuser left on 20 May. SUAPE: the two of the kit and the newcomer.
// Requests: 9, 10 opened; 9 solved on 5 and closed on 12. Open on 1 June: 7 (105 days), 10 since yesterday. Replies: 9, late.
const may = `Riepilogo di maggio 2027
Verifica del mese. Risposte: 11 su 13.
L1T Gestione e coordinamento: giallo, il mese prima nessuna risposta
• A1 Coordinamento strategico: verde, il mese prima nessuna risposta
• A2 Coordinamento operativo: manca la risposta
L2T Comunicazione e disseminazione: verde, il mese prima nessuna risposta
• A4 Azioni di comunicazione del progetto finanziato: rosso, il mese prima nessuna risposta
L3T Monitoraggio e valutazione: verde, il mese prima nessuna risposta
• A5 Monitoraggio e valutazione: giallo, il mese prima nessuna risposta
Linee da completare: L1T (A2).
Riusi in corso
• P-0003 Porta unica dei servizi sociali · Comune di Foligno: verde, il mese prima nessuna risposta
• P-0005 Sportello del verde · Comune di Foligno: manca la risposta
• P-0005 Sportello del verde · Comune di Perugia: giallo, il mese prima nessuna risposta
Rischi cresciuti
• R5 Difficoltà a diffondere le soluzioni presso le amministrazioni: da 16 a 20. Ora: probabilità 4, impatto 5 (era 4)
• R6 Resistenza al cambiamento nelle organizzazioni locali: da 4 a 9. Ora: probabilità 3 (era 2), impatto 3 (era 2)
Serve supporto per: L2T e P-0005.
Stato delle linee, da dicembre 2026 a maggio 2027. L1T Gestione e coordinamento: da gennaio a febbraio verde, da marzo a aprile nessuna risposta e maggio giallo. L2T Comunicazione e disseminazione: da gennaio a febbraio verde, da marzo a aprile nessuna risposta e maggio verde. L3T Monitoraggio e valutazione: gennaio giallo, febbraio rosso, da marzo a aprile nessuna risposta e maggio verde.
Buone pratiche e riusi
Un riuso aperto:
• Comune di Foligno · P-0005 · Sportello del verde
Un'installazione iniziata:
• Comune di Perugia · P-0005 · Sportello del verde
Una pratica entrata in uso:
• Comune di Foligno · P-0003 · Porta unica dei servizi sociali
Comunità
• Transizione digitale: 0 persone; può raggiungere 92 enti
• SUAPE, Ambiente, Energia e Territorio: 1 persona nuova, 3 persone in tutto; può raggiungere 92 enti
• Welfare: 1 persona; può raggiungere 12 enti
Richieste di supporto
• Aperte: 2
• Risolte: 1
• Chiuse: 1
• Ancora da risolvere: 2
• Da quanto aspettano: fino a 7 giorni 1, da 8 a 30 giorni 0, oltre 30 giorni 1
• Prima risposta: 0 richieste su 1 entro i tempi
Richieste aperte e chiuse ogni settimana. Settimana di lunedì 3 maggio: aperte 1, chiuse 0. Settimana di lunedì 10 maggio: aperte 0, chiuse 1. Settimana di lunedì 31 maggio: aperte 1, chiuse 0.`

describe('a year of the community in Italian, and its digests', () => {
  tellsAYear('it', {
    'its digests': async bot => {
      const inLines = (text: string): string[] => text.split('\n')
      const [first, second, , , fifth] = monthly(bot)
      expect(lines(weekly(bot)[0]!)).toEqual(inLines(firstWeek))
      expect(lines(first!)).toEqual(inLines(january))
      expect(lines(second!)).toEqual(inLines(february))
      expect(lines(weekly(bot)[10]!)).toEqual(inLines(holyWeek))
      expect(lines(fifth!)).toEqual(inLines(may))
      // A Monday after another from 18 January 2027 to 31 January 2028, one by one: 55.
      expect(weekly(bot)).toHaveLength(55)
    },
    'what came late': async ({ coordinator }) => {
      // With A5, which came late: 11, 1 of them late.
      await coordinator.says('riepilogo gennaio 2027')
      expect(coordinator.lastMessage()).toSay('Risposte: 11 su 13, di cui 1 in ritardo.')
      expect(coordinator.lastMessage()).toSay('A5 Monitoraggio e valutazione: rosso (risposta in ritardo)')
    },
  })
})
