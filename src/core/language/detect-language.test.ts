import { expect, it } from 'vitest';
import { detectLanguage } from './detect-language.ts';

const samples: ReadonlyArray<[language: string, text: string]> = [
  ['en', 'The tenant shall pay the rent on the first day of each month, and the landlord may charge interest.'],
  ['de', 'Der Mieter zahlt die Miete am ersten Tag des Monats, und der Vermieter kann Zinsen verlangen.'],
  ['fr', 'Le locataire paie le loyer le premier jour du mois et le bailleur peut demander des intérêts.'],
  ['es', 'El inquilino paga el alquiler el primer día del mes y el propietario puede cobrar intereses.'],
  ['it', "L'inquilino paga l'affitto il primo giorno del mese e il proprietario può chiedere gli interessi."],
  ['pt', 'O inquilino paga a renda no primeiro dia do mês e o senhorio pode cobrar juros à taxa legal.'],
  ['nl', 'De huurder betaalt de huur op de eerste dag van de maand en de verhuurder kan rente vragen.'],
  ['sv', 'Hyresgästen betalar hyran den första dagen i månaden och hyresvärden får ta ut ränta på det som är kvar.'],
  ['da', 'Lejeren betaler husleje den første dag i måneden, og udlejeren kan kræve renter af det, der mangler.'],
  ['no', 'Leietakeren betaler husleie den første dagen i måneden, og utleieren kan kreve renter av det som mangler.'],
  ['fi', 'Vuokralainen maksaa vuokran kuukauden ensimmäisenä päivänä, ja vuokranantaja voi periä korkoa, jos se on myöhässä.'],
  ['pl', 'Najemca płaci czynsz w pierwszym dniu miesiąca, a wynajmujący może żądać odsetek, jeśli nie jest on zapłacony.'],
  ['ru', 'Арендатор платит аренду в первый день месяца, и арендодатель может начислить проценты.'],
  ['uk', 'Орендар сплачує оренду першого дня місяця, і власник може нарахувати відсотки.'],
  ['el', 'Ο ενοικιαστής πληρώνει το ενοίκιο την πρώτη ημέρα του μήνα.'],
  ['ar', 'يدفع المستأجر الإيجار في اليوم الأول من كل شهر'],
  ['zh', '承租人应于每月第一天支付租金。'],
  ['ja', '借主は毎月一日に家賃を支払うものとする。'],
  ['ko', '임차인은 매월 첫째 날에 임대료를 지급한다.'],
  ['th', 'ผู้เช่าต้องชำระค่าเช่าในวันแรกของเดือน'],
];

it.each(samples)('recognises %s', (language, text) => {
  expect(detectLanguage(text)).toBe(language);
});

it('says und where nothing speaks for a language', () => {
  for (const text of ['', '12 345', 'X-17B', 'Kontrakt', 'lorem ipsum dolor consectetur adipiscing elit']) {
    expect(detectLanguage(text)).toBe('und');
  }
});

it('takes no names of columns for function words, however often they stand there', () => {
  expect(detectLanguage('date: 2025-09-01; test: Potassium; comment: high\n'.repeat(12))).toBe('und');
});

it('reads a bounded sample of a huge text, from all over it', () => {
  expect(detectLanguage('7 '.repeat(5_000_000))).toBe('und');
  expect(detectLanguage(`${'# 1 '.repeat(1000)}${samples[1]![1].repeat(2000)}`)).toBe('de');
});
