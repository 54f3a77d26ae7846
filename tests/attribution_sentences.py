"""Labelled attribution sentences, written for the tests: source [s|...], cue [c|...] and content [t|...] as they stand.

A sentence may hold several contents for one cue (a quotation that the cue interrupts). The expected source is the words
in [s|...] without a leading article; a pronoun's is given by `= antecedent` after the sentence, and `= (unnamed)` where nobody is named.
"""

SENTENCES = """
# verb and that-clause
[s|The interior ministry] [c|said] that [t|five policemen had been killed].
[s|Algerian officials] [c|announced] that [t|they had closed two border crossings].
[s|The UN mission] [c|confirmed] that [t|its convoy came under fire near Bani Walid].
[s|A spokeswoman for the refugee agency] [c|stated] that [t|some 3,000 people had fled].
[s|The governor of Kidal] has [c|claimed] that [t|the raid cost the rebels 40 men].
[s|Residents of the old town] [c|alleged] that [t|soldiers looted dozens of shops].
[s|President Kaïs Saïed] [c|insisted] that [t|the vote would go ahead].
[s|The junta] later [c|acknowledged] that [t|12 of its soldiers were missing].
[s|The foreign minister] also [c|warned] that [t|the truce could collapse within days].
[s|Amnesty International] [c|concluded] that [t|at least 14 civilians died in the strike].
[s|Human Rights Watch] on Tuesday [c|reported] that [t|the camp held 6,000 people].
[s|The committee] in a statement [c|noted] that [t|three members had resigned].
[s|Ethiopia's prime minister, Abiy Ahmed], [c|declared] that [t|the offensive was over].
[s|Ghassan Salamé, the UN envoy], [c|cautioned] that [t|hundreds of mercenaries had arrived].
[s|The company], which runs the port, [c|maintained] that [t|exports were not affected].
[s|General Abdel Fattah Burhan] [c|argued] that [t|the army had no choice].
[s|Opposition leaders] repeatedly [c|complained] that [t|two of their offices were raided].
[s|Medics] have [c|revealed] that [t|16 bodies remain under the rubble].
[s|Police] [c|suspect] that [t|two men drove the car].
[s|Analysts] [c|estimate] that [t|the group has about 900 fighters].
[s|The militia's commander] [c|boasted] that [t|60 enemy troops had surrendered].
[s|Western diplomats] [c|believe] that [t|four ships carried the arms].
[s|Two witnesses] [c|recalled] that [t|the guards opened fire first].
# verb and bare clause
[s|The army] [c|said] [t|its drones hit three lorries].
[s|Rebel spokesmen] [c|claim] [t|more than 70 soldiers defected].
[s|The mayor of Tarhuna] [c|says] [t|the town has been without water for a week].
[s|The International Organization for Migration (IOM)] [c|said] [t|it had counted 11,200 displaced families].
[s|A senior security official] [c|added] [t|the cell had six members].
[s|Kenyan police] [c|think] [t|the attackers crossed from Somalia].
[s|She] [c|said] [t|no ransom was paid].
# addressee
[s|The defence minister] [c|told] reporters in Niamey that [t|his troops lost nine men].
[s|A hospital doctor] [c|told] Reuters [t|the clinic had received 23 bodies].
[s|The envoy] [c|informed] the Security Council that [t|both sides had agreed to talks].
[s|Hamdok] [c|assured] lawmakers that [t|the subsidy would stay].
[s|Two commanders] [c|told] the newspaper that [t|they had not been paid since May].
[s|The prosecutor] [c|warned] the court that [t|the suspects might flee].
# according to
[c|According to] [s|the health ministry], [t|17 patients died of cholera].
[t|The clashes left eight dead], [c|according to] [s|a local hospital].
[t|Exports fell by a third], [c|according to] [s|figures from the central bank].
[t|The group], [c|according to] [s|Malian intelligence], [t|moved north in July].
[c|According to] [s|a November 1960 report by the general], [t|the militia was weak].
[c|According to] [s|the US Defense Department], [t|the convoy was safe].
Meanwhile, [c|according to] [s|two tribal elders], [t|four villages were burnt].
[t|Some 200 families left the district], [c|according to] [s|a report published on Monday by the UN].
[c|In the words of] [s|one diplomat], [t|the plan is dead].
[c|In the view of] [s|most observers], [t|the coalition will not last].
[t|The ship carried 40 armoured vehicles], [c|as per] [s|the port authority].
# inverted and trailing
[t|The road has been cleared of mines], [s|the governor] [c|said].
[t|Nineteen recruits died in the ambush], [s|officials] [c|said].
[t|The bridge was destroyed last week], [s|a police source] [c|told] AFP.
[t|The strike hit a school], [c|said] [s|Fatima Mansour, a local teacher].
[t|The dam, [s|engineers] [c|say], holds only half of its capacity].
[t|The hostages are alive], [s|their families] [c|believe].
[t|At least 12 migrants drowned off Zuwara], [s|the coast guard] [c|announced] on Friday.
[t|Two of the wounded later died], [s|medical sources] [c|confirmed].
[t|The pipeline was attacked twice], [s|the operator] [c|said] in a statement.
[t|Nobody had warned them], [s|survivors] [c|complained].
[t|The two sides met in Doha], [s|three people familiar with the talks] [c|said].
[t|The ceasefire], [s|the mediator] [c|added], [t|would begin at midnight].
[t|The base fell within hours], as [s|the ministry] later [c|admitted].
# direct speech in several quote styles
"[t|We have lost 30 vehicles]," [s|the commander] [c|said].
“[t|Nobody will be spared],” [c|warned] [s|Colonel Assimi Goïta].
‘[t|We counted 14 bodies],’ [c|said] [s|a Red Crescent volunteer].
«[t|The city is ours],» [c|declared] [s|a spokesman for the brigade].
„[t|There was no warning]“, [s|an aid worker] [c|recalled].
[s|The president] [c|said]: "[t|The army stands ready]."
[s|The envoy] [c|told] the council: “[t|The clock is ticking]”.
"[t|They came at night]," [s|she] [c|said]. "[t|They took six boys]."
[s|Mr Okello] [c|replied], "[t|That is a lie]."
"[t|The talks failed. Both sides walked out]," [s|a diplomat] [c|said].
“[t|It was a massacre],” [s|Amina Yusuf, who survived the attack], [c|said].
[s|The ministry] [c|called] the report "[t|baseless]".
[s|The group] [c|described] the raid as "[t|a great victory]".
"[t|Is this justice?]" [c|asked] [s|the lawyer].
"[t|We were told 'stay inside' and we did]," [s|one resident] [c|said].
# passives and raising
[t|Five engineers are [c|reported] to have been abducted]. = (unnamed)
[t|The leader is [c|believed] to be hiding in the mountains]. = (unnamed)
[t|Around 40 rebels were [c|said] to have surrendered]. = (unnamed)
[t|The dead are [c|thought] to include two officers]. = (unnamed)
It was [c|reported] that [t|the airport had closed]. = (unnamed)
It is widely [c|believed] that [t|the vote was rigged]. = (unnamed)
[t|The attack was [c|blamed] on separatists] by [s|the regional government].
[t|The deaths were [c|confirmed] by [s|the hospital director]].
[t|The assault was [c|claimed] by [s|the Allied Democratic Forces]].
[t|The figures, [c|published] by [s|the statistics office], show a drop of 4 per cent].
[t|The area is [c|described] as calm by [s|local officials]].
[s|The general] was [c|quoted as saying] that [t|his men would hold the town].
[t|As many as 25 people are [c|feared] dead]. = (unnamed)
[t|Nine workers were [c|reported] missing]. = (unnamed)
[t|The group is [c|estimated] by [s|the United Nations] to have 2,000 members].
[t|The convoy was hit twice], as [c|reported] by [s|the local radio].
[t|The captain is [c|alleged] to have taken bribes]. = (unnamed)
# noun cues
[c|A claim] by [s|the governor] that [t|the town was safe] proved wrong.
[s|The army]'s [c|claim] that [t|it killed 90 rebels] could not be verified.
There were [c|reports] that [t|two hostages had been freed]. = (unnamed)
[c|Reports] of [t|a second explosion] spread quickly. = (unnamed)
[c|Allegations] that [t|the guards took bribes] were dismissed. = (unnamed)
[c|An estimate] by [s|the World Bank] that [t|four million people need help] was revised.
Despite [s|the minister]'s [c|assertion] that [t|calm had returned], shops stayed shut.
[s|Aid agencies]' [c|warnings] that [t|food would run out] went unheard.
Amid [c|rumours] that [t|the president had died], crowds gathered. = (unnamed)
[s|The opposition] issued [c|a statement] that [t|it would boycott the poll].
By [s|the army]'s own [c|count], [t|it lost 12 men].
On [s|the ministry]'s [c|figures], [t|output fell by a tenth].
# hearsay adverbs
[t|The minister [c|reportedly] fled to Tunis with three aides]. = (unnamed)
[t|Two guards [c|allegedly] opened the gate]. = (unnamed)
[c|Reportedly], [t|the crew numbered 14]. = (unnamed)
[t|The drones were [c|purportedly] made in Iran]. = (unnamed)
# chains
Reuters [c|quoted] [s|a port official] as saying that [t|six tankers were waiting].
The state agency [c|cited] [s|the governor] as saying that [t|the fires were out].
Al Jazeera, [c|citing] [s|security sources], said [t|two officers were arrested].
State television [c|quoted] [s|a colonel] as saying: "[t|We hold the airport]".
[t|The pilot survived the crash], local media said, [c|quoting] [s|the defence ministry].
# documents and media
[s|The report] [c|found] that [t|240 schools were closed].
[s|A leaked memo] [c|shows] that [t|the bank moved $40m abroad].
[s|The Libya Observer] [c|reported] [t|three deaths in Sabha].
[s|Satellite images] [c|suggest] that [t|the base has two new runways].
[s|State television] [c|said] [t|the vote was extended by an hour].
[s|A UN panel of experts' report] [c|accuses] [t|Jordan and the UAE of breaking the embargo].
[s|The statement] [c|put] [t|the number of displaced at 4,500].
[s|Survey data] [c|indicate] that [t|one in five families skips meals].
[s|The mayor] [c|conceded], however, that [t|raids had caused damage].
[s|The army] [c|acknowledged] [t|its convoy had come under fire].
[s|The ministry] is [c|claiming] that [t|the raid failed].
[s|Satellite images] reviewed by the institute [c|show] that [t|1,200 houses were burnt].
[s|A report] published by the UN [c|said] [t|the camp was full].
[t|Raiders stole cattle], [s|the county commissioner, Peter Latjor], [c|told] reporters.
[s|The rebel group], the main one in the north, for its part [c|claimed] that [t|it lost nobody].
[s|A trader], who asked not to be named, [c|said]: "[t|We buried six men]."
# denial, committed, warning and noun-phrase complements
[s|The Kremlin] [c|denied] that [t|its soldiers were in Libya].
[s|The militia] [c|denied] [t|any part in the bombing].
[s|The company] [c|rejected] [t|claims that it had paid the rebels].
[s|The prime minister] [c|dismissed] [t|the figures as propaganda].
[s|Rwanda] [c|accused] [t|its neighbour of shelling a market].
[s|The army] [c|blamed] [t|Boko Haram for the abduction of 15 girls].
[s|The navy] [c|announced] [t|the rescue of 84 migrants].
[s|The Red Cross] [c|verified] [t|the deaths of three volunteers].
[s|The World Food Programme] [c|warned] of [t|famine in two provinces].
[s|The Islamic State] [c|claimed responsibility] for [t|the attack on the checkpoint].
[s|Haftar] [c|vowed] to [t|take the capital within two weeks].
[s|The rebels] [c|threatened] to [t|cut the road to the coast].
[s|Aid groups] [c|put] [t|the death toll at 60].
[s|The charity] [c|raised concern] that [t|4,000 people lack shelter].
[s|The general] [c|hinted] that [t|elections might be delayed].
[s|The bishop] [c|expressed fears] that [t|the truce would not hold].
[s|The ministry] [c|expects] [t|2,000 refugees to return].
[s|The central bank] [c|forecast] that [t|growth would reach 3 per cent].
[t|The truce would not hold], [s|the envoy] [c|told] the Security Council on Monday.
# who gives, puts, counts a figure
[s|Hospital director Salma Idris] [c|gave] [t|a first toll of 18 dead].
[s|The Red Crescent] [c|provided] [t|an estimate of 400 families].
[s|The ministry] has [c|given] [t|the number of arrests as 40].
[s|The general staff] [c|gave] [t|its losses as 30 men].
[s|The governor] [c|revised] [t|the toll to 26].
[s|The coroner] [c|placed] [t|the dead at nine].
As of 3 May, [s|the refugee agency (UNHCR)] [c|counted] [t|at least 900 arrivals].
By 2 June [s|monitors] had [c|documented] [t|over 80 violations].
In March [s|the hospital] [c|recorded] [t|as many as 70 cases].
[t|Some 700 people have died since May], [s|the World Food Programme (WFP)] [c|estimates].
[s|The coast guard (GCF)] [c|fears] [t|at least 12 are lost].
[s|The insurer, which asked not to be named], [c|estimates] [t|its loss at $4 million].
[t|Some 300 people died], [s|a think tank] [c|estimates].
[s|The WHO] [c|said] that [t|60 patients had been moved].
[t|The march drew 9,000 people], by [s|the organisers]' [c|count]; police gave no estimate.
Some 400 troops took part; [t|three were killed], [c|according to] [s|the ministry].
[s|The district chief, Peter Gadet], [c|said] [t|four bridges were down].
# two sources in one sentence
[s|The army] [c|said] [t|it killed 20 rebels], but [s|residents] [c|said] [t|most of the dead were farmers].
[s|He] [c|said] [t|the road was open] and [c|added] that [t|two convoys had passed].
"""

FOLLOWED = """
As [s|the envoy] [c|said], [t|the truce held for a day].
[s|The deputy governor] [c|said] that [t|the town was calm]. [s|He] [c|added] that [t|two suspects were held]. = deputy governor
[s|Doctors Without Borders] [c|said] [t|its clinic was hit]. [s|It] [c|warned] that [t|patients would die]. = Doctors Without Borders
[s|Local elders] [c|said] [t|the wells were poisoned]. [s|They] [c|suspect] [t|a rival clan]. = Local elders
[s|Ms Leila Haddad] [c|denied] [t|the charge]. "[t|I was abroad]," [s|she] [c|said]. = Ms Leila Haddad
[s|The ministry] [c|confirmed] [t|four deaths]. The road stayed shut. [s|It] [c|said] [t|two more people were missing]. = ministry
"""

NOT_ATTRIBUTIONS = """
Two states along the border held elections.
The reports were published in June.
The attack claimed 40 lives.
The bridge has a stated capacity of 20 tonnes.
He put the gun on the table.
The town of Bani Walid was calm.
Shells hit a school in the north of the city.
The accord was signed in Geneva.
The rebels blamed the army.
Nobody expects a deal.
The army maintained a presence in the town.
The people found in the water were taken ashore.
The group called Ansar left the city.
The court denied them bail.
They were twice denied visas.
Parliament rejected the bill by 56 votes.
The president dismissed two ministers.
Police questioned the student.
The government recalled its ambassador.
The general ordered the arrest of five men.
The book was written by two officers.
They would release 50 prisoners.
A diplomat speaking on condition of anonymity left early.
For example, the museum saw a thousand visitors.
The hospital admitted five patients.
The team conceded a penalty.
The documents are secret.
In the second case, the town asks for more.
No witness has confirmed the raid.
Shelling continued on the airport road.
The raids do not prove that the group is growing.
The ministry gave no figure for the wounded.
In the camp 11 suspected cases were treated.
The patrol boat responded and rescued 22 sailors.
Rerouting adds about 3,500 nautical miles to the voyage.
The minister gave a number of interviews.
The army gave the rebels ten days.
No claim of responsibility was made for the blast, which killed three.
There was no claim of responsibility for the attack, which left six dead.
"""
