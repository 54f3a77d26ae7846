"""Sentences of our own with the dated happenings they report: dates in [brackets], known names are looked up in NAMES.

Each line is `sentence => type predicate date; ...` with `date` one ISO day or `start/end`; an empty right side is a sentence
that dates no happening. `!` marks a happening that is hypothetical, planned or negated (`type predicate date !forecast`).
"""

# ruff: noqa: E501 (a sentence and its records are one line)
from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from briefing_kit.briefing import Briefing, text_briefing
from briefing_kit.records import Mention, Timex

PUBLISHED = date(2019, 10, 16)

CASES = """
# date directly after the predicate or its complements
Police arrested three opposition leaders on [3 May]. => arrest arrested 2019-05-03
Gunmen kidnapped two Chinese engineers near Sokoto on [14 June]. => kidnapping kidnapped 2019-06-14
The Houthis fired two missiles at Jizan airport on [8 July]. => shelling fired 2019-07-08
Rebels captured the town of Kaya on [2 August]. => territory_change captured 2019-08-02
Troops captured five militants in Sinai on [2 August]. => arrest captured 2019-08-02
Parliament appointed a new central bank governor on [11 September]. => appointment appointed 2019-09-11
The prime minister resigned on [29 July]. => appointment resigned 2019-07-29
The Security Council imposed sanctions on three commanders on [5 March]. => sanction imposed 2019-03-05
A car bomb exploded outside a police station in Kandahar on [18 July]. => bombing exploded 2019-07-18
Thousands of people protested in Khartoum on [30 June]. => protest protested 2019-06-30
The two governments signed a border treaty on [9 April]. => agreement signed 2019-04-09
The foreign ministers of Egypt and Ethiopia met in Cairo on [6 October]. => meeting met 2019-10-06
The World Food Programme delivered aid to 4,000 families in Beira on [1 April]. => aid_delivery delivered 2019-04-01
Soldiers withdrew from the border post on [12 May]. => territory_change withdrew 2019-05-12
More than 3,000 people fled the city on [7 May]. => displacement fled 2019-05-07
Twenty inmates fled the prison at Sabha on [7 May]. => escape fled 2019-05-07
Government jets bombed a market in Idlib on [22 July]. => air_strike bombed 2019-07-22
The convoy was attacked by UAVs on [22 July]. => air_strike attacked 2019-07-22
IEDs hit two vehicles on [22 July]. => bombing hit 2019-07-22
The army shelled rebel positions east of the river on [10 June]. => shelling shelled 2019-06-10
Unidentified gunmen shot dead a journalist in Mexico City on [2 August]. => killing shot 2019-08-02
The committee reopened the coastal road on [30 July]. => other reopened 2019-07-30
The committee closed the road in [May]. => other closed 2019-05-01/2019-05-31
The party won 61 seats in [2018]. => other won 2018-01-01/2018-12-31
# at the head of the sentence
On [4 October], police arrested the mayor of Diyarbakir. => arrest arrested 2019-10-04
On [4 October] police arrested the mayor of Diyarbakir. => arrest arrested 2019-10-04
In [early May], rebels seized two villages near Goma. => territory_change seized 2019-05-01/2019-05-10
[Yesterday=2019-10-15], a roadside bomb detonated in Mogadishu. => bombing detonated 2019-10-15
On [4 October], the army entered the town and arrested the rebel commander. => other entered 2019-10-04; arrest arrested 2019-10-04
On [20 August], the court, which sits in The Hague, sentenced the general. => other sentenced 2019-08-20
On [20 August], the general, who fled Juba in 2013, was arrested in Nairobi. => arrest arrested 2019-08-20
On [20 August], after weeks of talks, the two parties signed a coalition deal. => agreement signed 2019-08-20
In [June], the ministry, citing security concerns, suspended all flights. => other suspended 2019-06-01/2019-06-30
According to local officials, on [3 May] gunmen attacked a convoy near Gao. => armed_clash attacked 2019-05-03
In Tripoli, on [3 May], the Presidential Council dismissed the interior minister. => appointment dismissed 2019-05-03
In Kidal on [3 May], insurgents ambushed a supply convoy. => armed_clash ambushed 2019-05-03
Meanwhile, on [9 May] lawmakers elected a new speaker. => election elected 2019-05-09
At dawn on [9 May], troops stormed the university campus. => armed_clash stormed 2019-05-09
# between subject and predicate
The interior minister on [8 May] announced a curfew. => statement announced 2019-05-08
The army on [8 May] recaptured the airport. => territory_change recaptured 2019-05-08
Rebels [yesterday=2019-10-15] ambushed an army patrol. => armed_clash ambushed 2019-10-15
# reporting verbs: the date before the content dates the statement
AFRICOM announced on [10 October] that four militants had been killed. => statement announced 2019-10-10
The ministry said on [11 June] that five soldiers had been killed. => statement said 2019-06-11
The president told reporters on [2 June] that elections would be delayed. => statement told 2019-06-02
The envoy warned on [2 June] of a return to war. => statement warned 2019-06-02
The spokesman said [Tuesday=2019-10-15] the army captured the hill. => statement said 2019-10-15
On [10 October], AFRICOM announced that its aircraft had hit a camp. => statement announced 2019-10-10
In a statement on [7 May], the group said that its fighters had left the city. => statement said 2019-05-07
The group said in a statement on [7 May] that its fighters had left the city. => statement said 2019-05-07
# and after the content the happening
The ministry said that five soldiers were killed in an ambush on [9 June]. => armed_clash ambush 2019-06-09
The ministry said five soldiers were killed on [9 June]. => killing killed 2019-06-09
AFRICOM said the camp was hit on [19 September]. => armed_clash hit 2019-09-19
Officials said on [11 June] that the soldiers were killed on [9 June]. => statement said 2019-06-11; killing killed 2019-06-09
On [11 June] officials said that the soldiers were killed on [9 June]. => statement said 2019-06-11; killing killed 2019-06-09
The soldiers were killed on [9 June], the ministry said. => killing killed 2019-06-09
The soldiers were killed in an ambush, the ministry said on [11 June]. => statement said 2019-06-11
According to Kurdish officials, hundreds of prisoners escaped on [13 October] following Turkish airstrikes on the area. => escape escaped 2019-10-13
Officials confirmed that, on [9 June], rebels had attacked the barracks. => armed_clash attacked 2019-06-09
The spokesman denied that militia units had entered the town on [6 May]. => other entered 2019-05-06
# event nouns
The [10 October] airstrike destroyed two vehicles. => air_strike airstrike 2019-10-10
The UN condemned the [3 May] attack on a convoy. => armed_clash attack 2019-05-03
[Monday=2019-10-14]'s attack on the base killed nine soldiers. => armed_clash attack 2019-10-14
The airstrikes of [19 September] killed eight militants. => air_strike airstrikes 2019-09-19
The attack on [3 May] killed four civilians. => attack_civilians attack 2019-05-03
An airstrike on a migrant centre in Tajoura on [2 July] killed 53 people. => air_strike airstrike 2019-07-02
The UN condemned the airstrikes of [19 September]. => air_strike airstrikes 2019-09-19
The talks held on [3 May] produced no result. => meeting talks 2019-05-03
The ceasefire agreed on [12 August] collapsed within hours. => agreement ceasefire 2019-08-12
Clashes between the two militias broke out on [5 September]. => armed_clash clashes 2019-09-05
Heavy fighting erupted in Murzuq on [4 August]. => armed_clash fighting 2019-08-04
The two delegations held talks in Geneva on [24 May]. => meeting talks 2019-05-24
US forces carried out an airstrike near Murzuq on [19 September]. => air_strike airstrike 2019-09-19
The LNA launched an offensive on Tripoli on [4 April]. => armed_clash offensive 2019-04-04
Presidential elections took place on [15 September]. => election elections 2019-09-15
Protests were held in Beirut on [17 September]. => protest protests 2019-09-17
A demonstration took place in Algiers in [late March]. => protest demonstration 2019-03-21/2019-03-31
The opposition staged a rally in Minsk on [24 March]. => protest rally 2019-03-24
The army has been accused of the massacre of [28 September]. => attack_civilians massacre 2019-09-28
AFRICOM announced that in the four airstrikes it conducted in [21 September to 10 October=2019-09-21/2019-10-10] the group lost a third of its men. => air_strike airstrikes 2019-09-21/2019-10-10
# relative clauses, participles, apposition
The commander, who was arrested on [3 May], denied the charges. => arrest arrested 2019-05-03
The commander who was arrested on [3 May] was released on [9 May]. => arrest arrested 2019-05-03; other released 2019-05-09
The soldiers killed on [9 June] were buried in Bamako. => killing killed 2019-06-09
Three men arrested on [3 May] appeared in court on [6 May]. => arrest arrested 2019-05-03; other appeared 2019-05-06
The town, which rebels captured on [2 August], is home to 40,000 people. => territory_change captured 2019-08-02
The agreement that the parties signed on [9 April] has collapsed. => agreement signed 2019-04-09
The mayor, elected in [2017], fled the city. => election elected 2017-01-01/2017-12-31
Militants attacked a village in Borno on [3 May], killing 12 people. => attack_civilians attacked 2019-05-03
Militants attacked an army base, killing 12 soldiers on [3 May]. => armed_clash attacked 2019-05-03
A suicide bomber blew himself up at a wedding, killing 63 guests, on [17 August]. => bombing blew 2019-08-17
Backed by Russian aircraft, the army entered Khan Sheikhoun on [20 August]. => other entered 2019-08-20
# temporal clauses
Residents fled after the army shelled the suburb on [10 June]. => shelling shelled 2019-06-10
After the army shelled the suburb on [10 June], residents fled to the coast. => shelling shelled 2019-06-10
Protests spread on [10 June] after police killed a student. => protest protests 2019-06-10
The camp was evacuated following an attack on [3 May]. => armed_clash attack 2019-05-03
Schools were closed on [6 May] following an attack on [3 May]. => other closed 2019-05-06; armed_clash attack 2019-05-03
Two days before elections were held on [15 September], police arrested a candidate. => election elections 2019-09-15
When rebels overran the base on [2 August], most soldiers had left. => territory_change overran 2019-08-02
The convoy was ambushed on [3 May] while travelling to Menaka. => armed_clash ambushed 2019-05-03
# several dates and happenings
Police arrested the leader on [3 May] and released him on [5 May]. => arrest arrested 2019-05-03; other released 2019-05-05
The army captured Kaya on [2 August], and rebels retook it on [9 August]. => territory_change captured 2019-08-02; territory_change retook 2019-08-09
On [2 August] the army captured Kaya, but on [9 August] rebels retook it. => territory_change captured 2019-08-02; territory_change retook 2019-08-09
The minister resigned on [3 May]; his deputy was appointed on [4 May]. => appointment resigned 2019-05-03; appointment appointed 2019-05-04
Two aid workers, abducted on [3 May], were freed on [20 May]. => kidnapping abducted 2019-05-03; other freed 2019-05-20
AFRICOM conducted airstrikes on [19 September] and [24 September]. => air_strike airstrikes 2019-09-19; air_strike airstrikes 2019-09-24
# passives
Five peacekeepers were killed in Kidal on [20 January]. => killing killed 2019-01-20
The former president has been detained since his overthrow and was charged on [13 May]. => other charged 2019-05-13
Sanctions were imposed on two ministers on [5 March]. => sanction imposed 2019-03-05
The general was sworn in on [21 August]. => appointment sworn 2019-08-21
A ceasefire was signed in Khartoum on [5 August]. => agreement signed 2019-08-05
Eleven people were killed in an airstrike on [2 July] in Tajoura. => air_strike airstrike 2019-07-02
# infinitives and purpose
The envoy travelled to Moscow on [3 May] to discuss the ceasefire. => other travelled 2019-05-03
The parties met in Doha on [3 May] to sign the accord. => meeting met 2019-05-03
The two leaders agreed to meet on [20 November]. => meeting meet 2019-11-20 !forecast
Hundreds of prisoners managed to escape on [3 May]. => escape escape 2019-05-03
# planned, possible, negated
Elections will be held on [12 December]. => election elections 2019-12-12 !forecast
The government plans to hold elections on [12 December]. => election elections 2019-12-12 !forecast
The summit scheduled for [12 December] has been postponed. => meeting summit 2019-12-12 !forecast
Elections due on [12 December] may be delayed. => election elections 2019-12-12 !forecast
The militia could attack the port in [November]. => armed_clash attack 2019-11-01/2019-11-30 !hypothetical
The president did not attend the summit on [3 May]. => meeting attend 2019-05-03 !denied
The army never captured the bridge on [3 May]. => territory_change captured 2019-05-03 !denied
The parties will sign the accord in Doha on [12 December]. => agreement sign 2019-12-12 !forecast
# the present of headlines and histories
Macron visits Algiers on [6 October]. => meeting visits 2019-10-06
Since [4 April=2019-04-04/], fighting has displaced 120,000 people. => displacement displaced 2019-04-04/
About 16,700 people had been displaced by [30 August=/2019-08-30]. => displacement displaced /2019-08-30
The fighting has lasted for [two weeks=duration]. =>
The region has seen no rain. =>
Armed groups control displaced families in united communities. =>
The committee meets [every Friday=set]. =>
# results, comparisons, states, nouns of two words
On [14 October] an air strike hit a house in the suburb. => air_strike air strike 2019-10-14
The agency said that 17 men had died in a drone strike in the south on [26 September]. => air_strike drone strike 2019-09-26
Officials announced that an air raid had killed seven people on [29 September]. => air_strike air raid 2019-09-29
About 90 civilians were killed in the town and more than 200 wounded in [August]. => killing killed 2019-08-01/2019-08-31
Exports earned two billion dollars in [August], 5 per cent less than in [July]. => other earned 2019-08-01/2019-08-31
The agency estimated that 100 fighters were left, down from 5,000 in [2016]. =>
Output stayed above one million barrels in [September]. =>
Nearly 5,000 migrants were held in detention centres in [August]. =>
The mission's mandate expires on [15 November]. => other expires 2019-11-15 !forecast
A further 125 people are due to leave in [November]. => other leave 2019-11-01/2019-11-30 !forecast
A second round of talks is due in [late November]. => meeting talks 2019-11-21/2019-11-30 !forecast
Protests in the capital turned violent on [3 May]. => protest protests 2019-05-03
On [3 May], protests in the capital turned violent. => protest protests 2019-05-03
Protest leaders on [3 May] rejected the offer. => statement rejected 2019-05-03
# intervals from two open ends, headings, moved dates, anchored expressions, conditions
By [23 August=/2019-08-23] the coast guard had intercepted 5,392 boats since [January=2019-01-01/]. => other intercepted 2019-01-01/2019-08-23
[14 September]: The airport was struck by a drone. => air_strike struck 2019-09-14
The council extended the mission's mandate to [15 November]. =>
The commission postponed the vote to [15 November]. => election vote 2019-11-15 !forecast
The army opened its offensive on [4 April], [ten days before=2019-03-25] a peace conference. => armed_clash offensive 2019-04-04
If the embargo is breached in [November], ships will be searched. => other breached 2019-11-01/2019-11-30 !hypothetical
The jets bombed the camp for the first time [this month=2019-10-01/2019-10-31]. =>
A second strike, carried out on [24 September], killed 11 fighters. => air_strike strike 2019-09-24
A jet dropped four bombs on the club on [6 October]. => air_strike dropped 2019-10-06
The truce of [9 August] did not outlast the feast. => agreement truce 2019-08-09
# negation by a noun phrase, an unread clause, a date at the very end
No soldiers were killed on [3 May]. => killing killed 2019-05-03 !denied
The camp has received no food in [August]. => aid_delivery received 2019-08-01/2019-08-31 !denied
Voters elected a mayor in [2018], and in [2019] the town hopes for calm. => election elected 2018-01-01/2018-12-31
The minister welcomed the report on the attack, which took place near the border, on [19 September]. => armed_clash attack 2019-09-19
The envoy will return to the region, visiting Algiers on [11 December]. => meeting visiting 2019-12-11 !forecast
# dates that premodify, second dates, nested dates
A bomb killed 62 people during [Friday=2019-10-11] prayers on [18 September]. => bombing killed 2019-09-18
Parliament approved the [2018] budget on [3 May]. => other approved 2019-05-03
Six students were killed in [October] protests. => protest protests 2019-10-01/2019-10-31
Fighters claimed responsibility on [9 October] for the attack on a post on [30 September]. => statement claimed 2019-10-09; armed_clash attack 2019-09-30
Police arrested two men on [9 October] over the killing of a rabbi in [January]. => arrest arrested 2019-10-09; killing killing 2019-01-01/2019-01-31
In [2018], rebels attacked the town on [3 May=2018-05-03]. => armed_clash attacked 2018-05-03
Fighting that began on [4 April] has killed hundreds of people. => armed_clash fighting 2019-04-04
The hostages, taken on [2 May], were freed on [10 May]. => kidnapping taken 2019-05-02; other freed 2019-05-10
Police fired tear gas at protesters on [14 October]. => protest fired 2019-10-14
The rebels, who had agreed on [25 May] to leave the port, broke the truce on [3 June]. => other agreed 2019-05-25; other broke 2019-06-03
Two dozen people died when troops stormed a market on [3 June]. => attack_civilians stormed 2019-06-03
# lists with more behind, superlatives, plans for a day, infinitives of light verbs
The parties exchanged prisoners on [15 September] and [16 September], the agency said. => other exchanged 2019-09-15; other exchanged 2019-09-16
In the deadliest attack [this year=2019-01-01/2019-12-31], gunmen ambushed a bus on [12 July]. => armed_clash ambushed 2019-07-12
The president called early elections for [26 November]. => election elections 2019-11-26 !forecast
The talks, scheduled to begin on [12 November], were delayed. => meeting talks 2019-11-12 !forecast
The two sides agreed a truce, to take effect on [10 October]. => agreement truce 2019-10-10
The general is expected to retire in [December]. => other retire 2019-12-01/2019-12-31 !forecast
The group lost Kaya on [23 March]. => territory_change lost 2019-03-23
# more words with two lives
AFRICOM has since announced a second strike in the area, carried out on [24 September]. => air_strike strike 2019-09-24
A drone killed three men near the border on [13 September]. => air_strike killed 2019-09-13
Over 9,400 people have been driven out of the town in [August]. => displacement driven 2019-08-01/2019-08-31
The town changed hands in [August]. => territory_change changed 2019-08-01/2019-08-31
# appositions, coordinations by comma, letters, conditions
The president, Pierre Musa, died of a heart attack on [8 June], the government announced on [9 June]. => killing died 2019-06-08; statement announced 2019-06-09
The army took Kaya in [March], lost it in [May], and recaptured it in [July]. => territory_change took 2019-03-01/2019-03-31; other lost 2019-05-01/2019-05-31; territory_change recaptured 2019-07-01/2019-07-31
In a letter dated [12 April], the envoy complained of violations. =>
The trial opened on [4 March], years after the events of [April]. => other trial 2019-03-04
The speaker read the letter of [12 April]. =>
Rebels hold the town, where an attack killed more than 80 people in [April]. => armed_clash attack 2019-04-01/2019-04-30
Had the vote been held in [September], the party would have won. => election vote 2019-09-01/2019-09-30 !hypothetical
Three men were killed and nine wounded in twin bombings on [9 April]. => bombing bombings 2019-04-09
The minister survived an ambush on [9 March]. => armed_clash ambush 2019-03-09
The opposition called on [30 April] for an uprising. => statement called 2019-04-30
The satellite images show burned villages. =>
# heads of noun phrases, verbs without violence
The board deplored the attack on a rally, which took place near the coast on [19 September]. => armed_clash attack 2019-09-19
The party defeated its rivals on [4 September]. => other defeated 2019-09-04
The deal of [2015] demonstrates the value of patience. => agreement deal 2015-01-01/2015-12-31
The big hit of the season was shown in [May]. => other shown 2019-05-01/2019-05-31
The revolt led to clashes in the capital on [3 May]. => armed_clash clashes 2019-05-03
# promises, plans of the past, compounds, second clauses
The junta promised elections by [December=/2019-12-31]. => election elections /2019-12-31 !forecast
The verdict, expected on [20 September], was postponed to [3 November]. => other verdict 2019-09-20 !forecast; other verdict 2019-11-03 !forecast
A coup attempt on [15 July] failed. => armed_clash coup attempt 2019-07-15
Cholera was declared on [5 September] and by [30 September=/2019-09-30] hundreds of cases had been found. => statement declared 2019-09-05; other found /2019-09-30
Rebels shelled Goma for the first time since [2013=2013-01-01/] on [2 February]. => shelling shelled 2019-02-02
The talks, scheduled to begin on [12 September], were delayed by disagreements over a swap. => meeting talks 2019-09-12 !forecast
# past forms that are adjectives elsewhere, directions after a noun
On [4 September] the envoy repeated his call for calm. => other repeated 2019-09-04
Repeated attacks closed the road in [May]. => armed_clash attacks 2019-05-01/2019-05-31
The minister alleged on [3 May] that rebels had burned crops. => statement alleged 2019-05-03
Four men were killed in an air raid south of the capital on [3 May]. => air_strike air raid 2019-05-03
Schools closed after repeated attacks in [May]. => armed_clash attacks 2019-05-01/2019-05-31
# again, insertions, set phrases
He was re-arrested at the gate on [4 July]. => arrest re-arrested 2019-07-04
The president, in power since [2006=2006-01-01/], stepped down on [10 September]. => appointment stepped 2019-09-10
The currency hit a record low on [11 January]. => other hit 2019-01-11
Troops exchanged fire along the border on [11 January]. => armed_clash exchanged 2019-01-11
The opposition marched on parliament on [1 September]. => protest marched 2019-09-01
The two sides struck a deal on [1 September]. => agreement struck 2019-09-01
The truce brokered by the envoy on [9 September] ended the war. => agreement truce 2019-09-09
# what did not happen: no, without, prevented, called off, called false
There was no raid on the depot on [3 May]. => armed_clash raid 2019-05-03 !denied
No fewer than four raids on [3 May] hit the depot. => armed_clash raids 2019-05-03
The envoys left without an accord on [3 May]. => other left 2019-05-03
The [3 May] talks ended without a truce. => meeting talks 2019-05-03
Not a single protest took place on [3 May]. => protest protest 2019-05-03 !denied
Guards thwarted a bombing in Beirut on [3 May]. => other thwarted 2019-05-03
Guards could not prevent the bombing of [3 May]. => bombing bombing 2019-05-03
The parade of [3 May] and the march of [4 May] were banned. => protest march 2019-05-04 !denied
The vote of [3 May] was cancelled. => election vote 2019-05-03 !denied
The march of [3 May] was scrapped. => protest march 2019-05-03 !denied
The vote was called off on [3 May]. => other called 2019-05-03
A protest banned by the governor on [3 May] drew nobody. => other banned 2019-05-03
The strike of [3 May], which was averted by the union, had been announced in [April]. => protest strike 2019-05-03 !denied; statement announced 2019-04-01/2019-04-30
The foiled bombing of [3 May] was blamed on the rebels. => bombing bombing 2019-05-03 !denied
Claims that rebels shelled Goma on [3 May] proved false. => shelling shelled 2019-05-03 !denied
It is untrue that rebels shelled Goma on [3 May]. => shelling shelled 2019-05-03 !denied
It is not true that rebels shelled Goma on [3 May]. => shelling shelled 2019-05-03 !denied
Claims that rebels shelled Goma on [3 May] are not false. => shelling shelled 2019-05-03
Reports that rebels shelled Goma on [3 May] were true. => shelling shelled 2019-05-03
Guards were unable to prevent the bombing of [3 May]. => bombing bombing 2019-05-03
The accord averted a strike on [3 May]. => other averted 2019-05-03
Police had foiled a plot to bomb a church on [3 May]. => bombing bomb 2019-05-03 !denied
Rebels cancelled the talks to attack Gao on [3 May]. => armed_clash attack 2019-05-03
The vote on [3 May] did not take place. => election vote 2019-05-03 !denied
The planned vote on [3 May] never happened. => election vote 2019-05-03 !denied
An airstrike on [3 May] did not kill anyone. => air_strike airstrike 2019-05-03
The airstrike did not kill anyone on [3 May]. => air_strike kill 2019-05-03 !denied
The alleged massacre of [3 May] is under study. => attack_civilians massacre 2019-05-03 !alleged
Were rebels to take Gao, a spokesman said on [3 May], the army would leave. => statement said 2019-05-03
# how things ended is not that they happened
The talks broke down on [3 May] without a truce. => other broke 2019-05-03
A truce signed in Doha on [1 April] collapsed on [3 May]. => agreement signed 2019-04-01; other collapsed 2019-05-03
Raids went on in [May] despite the truce. => armed_clash raids 2019-05-01/2019-05-31
The strike at the port ended on [3 May]. => other ended 2019-05-03
The two armies ceased fire on [3 May]. => agreement ceased 2019-05-03
Troops halted their offensive on [3 May]. => other halted 2019-05-03
The court deferred the trial of [3 May]. => other trial 2019-05-03 !denied
# past participles of reporting verbs, -ing and -s words and -ly words that are nouns
A truce announced by the envoy on [1 April] was broken on [3 May]. => statement announced 2019-04-01; other broken 2019-05-03
A strike declared in Beirut on [1 April] was suspended on [3 May]. => statement declared 2019-04-01; other suspended 2019-05-03
Surgeons treated nine men with knife wounds in [May]. => other treated 2019-05-01/2019-05-31
A shell slammed into an office building in Goma on [3 May]. => other slammed 2019-05-03
On [3 May], gunmen kidnapped two cousins of the ruling family. => kidnapping kidnapped 2019-05-03
# a label before a number is no happening
Wounded: 12 (ministry, [3 May]); 9 (rebels, [4 May]) =>
Displaced: about 5,000 in [May] =>
Houses destroyed: 40 since [3 May=2019-05-03/] =>
- Displaced: 5,000 in [May] alone =>
- Wounded: 12 (ministry, [3 May]); nine (rebels, [4 May]) =>
- Injured treated in clinics: 880 since [3 May=2019-05-03/] =>
Rebels seized 12 towns: two on [3 May] and ten on [4 May]. => territory_change seized 2019-05-03; territory_change seized 2019-05-04
In all, a suicide bomber killed nine men in Gao on [3 May]. => bombing killed 2019-05-03
Rebels took three towns on [3 May]: Kaya, Gao and Kidal. => territory_change took 2019-05-03
# chronicles: the day first, then the historical present
[3 May]: Rebels attack Gao and capture its airport. => armed_clash attack 2019-05-03; territory_change capture 2019-05-03
**[3 May 2019=2019-05-03]** - Gunmen kidnap six engineers near Sokoto. => kidnapping kidnap 2019-05-03
[3 May] – The envoy speaks in Cairo. => statement speaks 2019-05-03
[3 May] – Six miners, who were abducted in [April], are freed. => kidnapping abducted 2019-04-01/2019-04-30; other freed 2019-05-03
Raids by [3 May] had left 12 dead, and rebels hold Gao. => armed_clash raids 2019-05-03
[Two weeks after 3 May=2019-05-17], when rebels took Gao, the envoy left. => other left 2019-05-17
# "when" after its date, verbs with a prefix, short verbs
It is the first raid since [3 May=2019-05-03/], when troops killed six men in Gao. => killing killed 2019-05-03
On [3 May], when rebels shelled Goma, the governor fled. => shelling shelled 2019-05-03; displacement fled 2019-05-03
On [3 May] the ministry re-instated the general. => other re-instated 2019-05-03
On [3 May] Egypt co-hosted the talks. => meeting talks 2019-05-03
Riot police used tear gas in Khartoum on [3 May]. => protest used 2019-05-03
# what lies ahead of the report is nobody's knowledge
The two presidents meet on [3 December]. =>
The summit of [3 December] is in Doha. => meeting summit 2019-12-03 !forecast
Students plan a march on [3 December]. => protest march 2019-12-03 !forecast
# quotations
"We were attacked by armed men on [3 May]," the mayor said. => armed_clash attacked 2019-05-03
"The town has fallen," the mayor said on [3 May]. => statement said 2019-05-03
"""

NAMES: dict[str, tuple[str, str, str | None]] = {
    "AFRICOM": ("us-africa-command", "state_force", "USA"),
    "LNA": ("libyan-national-army", "armed_group", "LBY"),
    "UN": ("united-nations", "igo", None),
    "US": ("united-states", "state", "USA"),
    "Turkish": ("turkey", "state", "TUR"),
    "Chinese": ("china", "state", "CHN"),
    "Russian": ("russia", "state", "RUS"),
    "Kurdish officials": ("kurdish-officials", "group", None),
    "Houthis": ("houthis", "armed_group", "YEM"),
    "Macron": ("emmanuel-macron", "person", "FRA"),
    "Egypt": ("egypt", "state", "EGY"),
    "Ethiopia": ("ethiopia", "state", "ETH"),
    "Security Council": ("un-security-council", "igo", None),
    "World Food Programme": ("world-food-programme", "igo", None),
    "Presidential Council": ("presidential-council", "state", "LBY"),
    "Tripoli": ("tripoli", "place", "LBY"),
    "Murzuq": ("murzuq", "place", "LBY"),
    "Tajoura": ("tajoura", "place", "LBY"),
    "Sabha": ("sabha", "place", "LBY"),
    "Libya": ("libya", "place", "LBY"),
    "Kaya": ("kaya", "place", "BFA"),
    "Gao": ("gao", "place", "MLI"),
    "Kidal": ("kidal", "place", "MLI"),
    "Goma": ("goma", "place", "COD"),
    "Idlib": ("idlib", "place", "SYR"),
    "Khartoum": ("khartoum", "place", "SDN"),
    "Kandahar": ("kandahar", "place", "AFG"),
    "Cairo": ("cairo", "place", "EGY"),
    "Algiers": ("algiers", "place", "DZA"),
    "Beirut": ("beirut", "place", "LBN"),
    "Mogadishu": ("mogadishu", "place", "SOM"),
    "Doha": ("doha", "place", "QAT"),
}

_MONTHS = "January February March April May June July August September October November December".split()
_MARK = re.compile(r"\[([^\]=]+)(?:=([^\]]+))?\]")
_NAME = re.compile(r"\b(?:" + "|".join(sorted(NAMES, key=lambda name: (-len(name), name))) + r")\b")


def cases() -> list[tuple[str, list[str]]]:
    """Each marked sentence with what it should give."""
    found = []
    for line in CASES.strip().splitlines():
        if not line.startswith("#"):
            sentence, _, wanted = line.partition("=>")
            found.append((sentence.strip(), [part.strip() for part in wanted.split(";") if part.strip()]))
    return found


def marked(sentence: str) -> tuple[Briefing, list[Timex]]:
    """The briefing without its brackets, and the time expressions that stood in them."""
    plain, timexes, at = "", [], 0
    for mark in _MARK.finditer(sentence):
        plain += sentence[at : mark.start()]
        timexes.append(timex(mark[1], len(plain), mark[2]))
        plain += mark[1]
        at = mark.end()
    return text_briefing(plain + sentence[at:], document_date=PUBLISHED, doc_id="case"), timexes


def timex(text: str, start: int, value: str | None = None, *, joined: int | None = None) -> Timex:
    """A time expression of these words; its value is read from them unless it is given."""
    span = {"start": start, "end": start + len(text), "text": text, "rule": "test", "joined": joined}
    if value in ("duration", "set"):
        return Timex(timex_type=value.upper(), value="P", granularity=value, resolved_by="unresolved", **span)
    first, last, granularity, mod = _interval(text, value)
    resolved_by = "relative" if value else "explicit" if granularity == "year" else "published_on"
    days = [day.isoformat() if day else ".." for day in (first, last)]
    shown = days[0] if first == last else "/".join(days)
    return Timex(
        timex_type="DATE",
        value=shown,
        mod=mod,
        date_start=first,
        date_end=last,
        granularity=granularity,
        resolved_by=resolved_by,
        edtf=shown,
        **span,
    )


def _interval(text: str, value: str | None) -> tuple[date | None, date | None, str, str | None]:
    if value:
        first, slash, last = value.partition("/")
        if slash and not (first and last):
            return (
                date.fromisoformat(first) if first else None,
                date.fromisoformat(last) if last else None,
                "day",
                "AFTER" if first else "BEFORE",
            )
        return date.fromisoformat(first), date.fromisoformat(last or first), "days" if last else "day", None
    words = text.split()
    if len(words) == 1 and words[0].isdigit():
        return date(int(words[0]), 1, 1), date(int(words[0]), 12, 31), "year", None
    month = _MONTHS.index(words[-1]) + 1
    end = monthrange(2019, month)[1]
    if words[0].isdigit():
        day = date(2019, month, int(words[0]))
        return day, day, "day", None
    days = {"early": (1, 10, "START"), "mid": (11, 20, "MID"), "late": (21, end, "END")}.get(words[0])
    if days:
        return date(2019, month, days[0]), date(2019, month, days[1]), "part_month", days[2]
    return date(2019, month, 1), date(2019, month, end), "month", None


def mentions_in(briefing: Briefing) -> list[Mention]:
    """The names of NAMES in the text."""
    return [
        Mention(
            start=match.start(),
            end=match.end(),
            text=match.group(),
            actor_id=NAMES[match.group()][0],
            actor=match.group(),
            actor_type=NAMES[match.group()][1],
            country=NAMES[match.group()][2],
            mention_kind="name",
            rule="test",
        )
        for match in _NAME.finditer(briefing.text)
    ]
