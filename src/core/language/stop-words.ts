/**
 * Function words by language: they are no terms, and they tell the languages apart. The English list is the one the
 * bundled model's fusion rule was measured with; the others are our own, and the German one is short because longer ones
 * found less. Written with their accents; compare folded.
 */
export const stopWordLists: Readonly<Record<string, string>> = {
  en: `a an and are as at be but by for from had has have if in into is it its no not of on or s such t that the their then
    there these they this to was were will with what which who whom whose when where why how do does did can could would
    should may might must been being than about i you he she we his her our your my me him them us so`,
  de: `der die das und ist in den von zu mit im des dem ein eine einer eines einem einen auf für als auch an werden aus er
    hat dass sie nach wird bei um am sind noch wie über so zum war haben nur oder aber vor zur bis mehr durch man sein
    wurde sei was wer wo wann warum wieso welche welcher welches welchen welchem es nicht sich daß hatte kann wenn wir
    ihr ich du`,
  fr: `à afin ai aient ainsi alors as au aucun aucune aussi autre autres aux avait avant avec avez avoir avons c ça car ce ceci
    cela celle celles celui ces cet cette ceux chez ci comme comment combien d dans de depuis des donc dont du elle elles en
    entre es est et étaient était étant été être eu eux fait il ils j je jusqu l la laquelle le lequel les lesquels leur
    leurs lorsque lui m ma mais me même mes moi mon n ne ni nos notre nous on ont or ou où par parce pas pendant peu peut
    plus pour pourquoi puis qu quand que quel quelle quelles quels qui quoi s sa sans se sera ses si son sont sous sur t ta te
    tes toi ton tous tout toute toutes très tu un une vers vos votre vous y`,
  es: `a al algo alguna algunas alguno algunos ante antes aquel aquella aunque bajo cada como cómo con contra cual cuál cuales
    cuáles cualquier cuando cuándo cuanto cuánto cuántos cuántas de del desde donde dónde dos durante e el él ella ellas ellos
    en entre era eran eres es esa esas ese eso esos esta está están estas este esto estos fue fueron ha había han has hasta hay
    la las le les lo los más me mi mientras muy ni no nos nosotros nuestra nuestro o os otra otras otro otros para pero poco por
    porque pues que qué quien quién quienes se sea ser será si sí sido sin sobre son su sus también tan tanto te tiene tienen
    todo todos tras tu tus un una unas uno unos y ya yo`,
  it: `a abbia abbiamo ad agli ai al alla alle allo anche ancora avere aveva avevano c che chi ci cioè come con contro cosa cui da
    dagli dai dal dall dalla dalle dallo degli dei del dell della delle dello di dopo dove e è ed era erano essere fa fino fra
    gli ha hanno ho i il in io l la le lei lo loro lui ma me mi mia mio molto ne negli nei nel nell nella nelle nello noi non
    nostra nostro o ogni oppure per perché perciò più poi prima può qual quale quali quando quanta quante quanti quanto quella
    quelle quelli quello questa queste questi questo se sei senza si sia sono sotto sta stata stati stato su sua sue sugli sui
    sul sulla sulle sullo suo suoi te ti tra tu tua tuo tutti tutto un una uno vi voi vostra vostro`,
  pt: `a à ao aos aquela aquele aqueles as às até com como da daquele das de dela dele deles depois do dos e é ela elas ele eles em
    entre era eram essa essas esse esses esta está estão estas este estes eu foi foram há isso isto já lhe mais mas me mesmo
    meu minha muito na não nas nem no nos nossa nosso num numa o onde os ou para pela pelas pelo pelos por porque porquê qual
    quais quando quanto quantos quantas que quem são se seja sem ser será seu seus só sob sobre sua suas também te tem têm
    tinha todo todos tu tua um uma umas uns você vocês`,
  nl: `aan al alle als altijd andere ben bij daar dan dat de der deze die dit doch door dus een eens en er ge geen geweest haar had
    heb hebben heeft hem het hier hij hoe hoeveel hun iemand iets ik in is ja je kan kon kunnen maar me meer men met mij mijn
    moet na naar niet niets nog nu of om omdat onder ons onze ook op over reeds te tegen toch toen tot u uit uw van veel voor
    waar waarom wanneer want waren was wat we wel welk welke werd wezen wie wil worden wordt ze zei zelf zich zij zijn zo
    zonder zou`,
  sv: `all alla allt än är att av blev blir bli de dem den denna deras dess dessa det detta dig din dina ditt du efter ej eller
    en er ett för från ha hade han hans har hennes hon honom hur i icke ingen inom inte jag ju kan kunde man med mellan men mig
    min mina mitt mot mycket någon något några när ni nu och om oss på så sådan sedan sig sin sina sitt själv ska skulle som
    till under upp ut vad var vara varför varit varje vars vart vem vi vid vilka vilken vilket`,
  da: `ad af al alle alt anden at blev blive bliver da de dem den denne der deres det dette dig din disse dog du efter eller en end
    er et få for fra ham han hans har havde have hende hendes her hos hun hvad hvem hvilke hvilken hvilket hvis hvor hvordan
    hvorfor hvornår i ikke ind jeg jer kan kunne man mange med meget men mig min mine mit mod må når ned noget nogen nogle nu og
    også om op os over på sådan selv sig sin sine sit skal skulle som til thi ud under var vi vil ville være været`,
  no: `alle at av både bare begge ble blei bli blir da de deg dei dem den denne der dere deres det dette di din disse ditt du eg ein
    eit eller en enn er et etter for fordi fra få før ha hadde han hans har hennes her hjå ho hun hva hvem hver hvilken hvilke
    hvis hvor hvordan hvorfor i ikke ikkje ingen inn ja jeg kan kom korleis kva kvifor man mange med meg meget mellom men mens
    mer mi min mitt mot må når nå ned noe noen nokon og også om opp oss over på samme seg selv si siden sin sine sitt skal skulle
    slik som så til um uten ut var være vært ved vi vil ville vår`,
  fi: `ei eivät emme en enemmän että ettei hän häneen hänellä hänen hänet he heidän heille ja jo joita joka joiden joissa jonka jos
    jossa jota jotka kaikki kanssa keitä ken kenen kenet ketkä kuin kuinka kuka kun me meidän meille mihin mikä mikään miksi
    milloin minä minkä minun missä mistä mitä mitkä molemmat mukaan mutta myös ne niiden niin niissä niitä noin nuo nyt ole
    oli olivat olla olleet ollut on ovat paljonko se sekä sen siellä siinä siitä sillä silloin sinä sitä tai tämä tämän tässä tästä
    tätä te tuo vaan vai vaikka vain voi yli`,
  ru: `а без более бы был была были было быть в вам вас весь во вот все всего всех вы где да даже для до его ее ей ему если есть еще
    ж же за здесь и из или им их к как какая какие какой когда кого который которая которые кто куда ли либо между меня мне
    много может мой мы на над надо наш не него нее нет ни них но ну о об однако он она они оно от очень по под после потом
    потому почему при про с сам свой себя сейчас сколько со так также такой там те тем то того тоже только том тот тут ты у уже
    хотя чего чей чем что чтобы чье эта эти это этого этой этом этот я`,
  ro: `a acea această aceasta aceste acest acesta acei aceia ai al ale am ar are aș așa asta au avea că când câte cât câți ce cea cei
    cel cele cine cu cum da dacă dar de deci din după e ea ei el ele era este eu există face fără fi fie fiind fost iar în între își
    îi îl îmi însă la le li lor lui mai mult ne nici noi nostru nu o ori pe pentru prin printre sa să sale sau său se și sunt
    te tot toți tu un una unde unei unele unui unor va vă voi vor`,
  hu: `a abban ahhoz ahogy akkor aki akik ami amely amelyek amikor amit az azok azt azonban be csak de e egy egyik el és elég előtt
    én ennek ez ezek ezen ezt fel ha hanem hány hol hogy hogyan ide igen ill így is ki kell két le legyen lehet lesz lett maga
    már meg mely melyik mert mi miért mikor mint mit mivel mint most nagyon ne nem nincs ők ő össze pedig s sem
    sok szerint te tehát úgy után vagy van vannak volt voltak való`,
  tr: `acaba ama ancak bana bazı belki ben beni benim bir biri biz bize bizim böyle bu buna bunu bunun çok çünkü da daha de değil diye
    en gibi göre hangi hem hep her hiç için ile ise kaç kadar kez ki kim kime kimin mi mı mu mü nasıl ne neden nerede niçin
    niye o olan olarak oldu olduğu olur ona onlar onu onun sen siz şey şu tüm ve veya ya yani`,
  pl: `a aby ale bardzo bez bo był była było były być ci co czy dla do gdy gdzie go i ich ile im ja jak jaka jaki jakie jako je jego jej
    jest jeszcze jeśli już każdy kiedy kto która które który którzy lub ma mają mi mnie może na nad nam nas nie niech nim o od
    on ona one oni oraz po pod przez przy są się tak także tam te tego tej ten to tu ty tylko tym u w wie więc wszystko z za że`,
  cs: `a aby ale ani až bez bude budou by byl byla bylo byly být co či do ho i ja jak jaká jaké jaký je jeho její jejich jen ještě
    jako již jsem jsme jsou k kam kde kdo kdy kolik která které který kteří ku má mají mezi mi na nad ne nebo není než o od on ona
    oni ono po pod podle pro proč proto protože přes při s se si své ta tak také tam te tedy ten to toho tom tu u už v ve však
    z za ze že`,
  ca: `a això al als altra altre amb aquell aquella aquest aquesta aquests com d de del dels des e el els em en entre era és està
    et fins ha han hi ho i ja l la les li lo més meva meu molt n ni no nosaltres o on per perquè però però que què quan quant
    quina quin qui s se ser seu seva si són sobre sense també tan tot tots un una uns va van`,
};

/** More function words, which stay terms but help to tell a language. */
export const languageMarkers: Readonly<Record<string, string>> = {
  de: `alle allem allen aller alles also ander andere anderem anderen anderer anderes beim bin bist da damit dann dasselbe
    dazu dein deine deinem deinen deiner denn deren derselbe dessen dich dies diese dieselbe dieselben diesem diesen
    dieser dieses dir doch dort einig einige einigem einigen einiger einiges einmal etwas euch euer eure eurem euren
    eurer gegen gewesen hab habe hatten hier hin hinter ihm ihn ihnen ihre ihrem ihren ihrer ihres indem ins jede jedem
    jeden jeder jedes jene jenem jenen jener jenes jetzt kein keine keinem keinen keiner keines können könnte machen
    manche manchem manchen mancher manches mein meine meinem meinen meiner meines mich mir muss musste nichts nun ob
    ohne sehr seine seinem seinen seiner seines seit selbst solche solchem solchen solcher solches soll sollte sondern
    sonst uns unser unsere unserem unseren unter viel vom waren warst weg weil wem wen werde weshalb wessen wieder will
    wirst wodurch wofür woher wohin womit woran worauf woraus worin wurden während würde würden zwar zwischen`,
  nl: `andere dag eerste jaar maand mensen onder twee tweede`,
};
