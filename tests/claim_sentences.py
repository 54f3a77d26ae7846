"""Sentences with the claims they make, and sentences whose numbers claim nothing; written for the tests.

One line: sentence => span:unit_class[:statistic]; further claims after ";". `<` after a span says that it is part of the claim before it.
"""

CLAIMS = """
# the predicate says what is counted
Gunmen killed five people near Kufra. => five people:killed:count
The blast killed five. => five:killed
Five people died in the fire. => Five people:killed
Three soldiers were killed and seven were wounded. => Three soldiers:killed; seven:injured
At least 12 migrants drowned off the coast. => At least 12 migrants:killed
The raid left 20 wounded. => 20:injured
The shelling left four people dead and 11 injured. => four people:killed; 11:injured
The death toll rose to 53. => 53:killed:cumulative
The death toll from the floods has reached 1,200. => 1,200:killed:cumulative
Rescuers found the bodies of three miners. => three miners:killed
The army announced the deaths of two officers. => two officers:killed
Police arrested 40 protesters. => 40 protesters:detained:count
Some 3,000 families were displaced. => Some 3,000 families:displaced
More than 200 people fled the village. => More than 200 people:displaced
The militia kidnapped nine engineers. => nine engineers:detained
Six journalists were detained at the border. => Six journalists:detained
Shelling wounded 14 civilians. => 14 civilians:injured
A suicide bomber injured 17 shoppers. => 17 shoppers:injured
The court sentenced 19 men to death. => 19 men:people
The clashes forced 1,500 residents from their homes. => 1,500 residents:displaced
The strike killed 12 people, including two children. => 12 people:killed; two children:killed:count<
The crash killed 30 passengers, among them six tourists. => 30 passengers:killed; six tourists:killed:count<
Eight people were hurt, three of them seriously. => Eight people:injured; three:injured:count<
The ambush killed four policemen, two soldiers and a dozen rebels. => four policemen:killed; two soldiers:killed; a dozen rebels:killed
Attackers killed one guard and wounded another. => one guard:killed
The attack cost 40 lives. => 40 lives:killed
The bombing claimed at least 60 lives. => at least 60 lives:killed
There were 23 fatalities. => 23 fatalities:killed
Hospitals treated 90 injured. => 90:injured
Seven bodies were found in a well. => Seven bodies:killed
The army executed 11 prisoners. => 11 prisoners:killed
The rebels freed 22 hostages. => 22 hostages:detained
Thirty refugees perished in the desert. => Thirty refugees:killed
The mayor gave a toll of 19 killed and 45 wounded. => 19:killed:count; 45:injured:count
The governor gave the toll as 11. => 11:killed:count
Some 900 men have been killed and 4,000 wounded around the city since May. => Some 900 men:killed:cumulative; 4,000:injured:cumulative
The court tried nine officers. Three were acquitted. => nine officers:people; Three:people
The court tried nine officers. Three were acquitted and two of them died. => nine officers:people; Three:people; two:killed:count<
The ministry reported 40 dead. The Red Cross had counted only 17. => 40:killed; 17:killed
The ministry said 12 soldiers were killed. The rebels put the number at 30. => 12 soldiers:killed; 30:killed
Police detained five people. The lawyers gave a figure of three. => five people:detained; three:detained
Gunmen kidnapped 31 pupils. Eleven escaped the same night. => 31 pupils:detained; Eleven:people
The battery fired 12 rockets; seven were intercepted. => 12 rockets:weapons; seven:weapons
Gunners destroyed four tanks on Sunday and 14 more the following day. => four tanks:weapons; 14:weapons
The radio put the dead at ten. => ten:killed:count
An officer put enemy losses at more than 20 dead and his own at four. => more than 20:killed; four:killed
At least 60 people, most of them farmers, have been detained. => At least 60 people:detained
Arrests rose to 224. => 224:detained
The air force operates 11 of its 12 jets. => 11:weapons; 12 jets:weapons
The tanker sailed with 24 crew on board. => 24 crew:people
More than 500 Malawians voted. => More than 500 Malawians:people
- Killed: 2,900 (ministry); 773 (army) => 2,900:killed; 773:killed
- Peacekeepers wounded: 13 Malawians => 13 Malawians:injured
Homicides fell last year, to 214 from 268. => 214:killed; 268:killed
The group is down to some 800 fighters, from 1,500. => some 800 fighters:people; 1,500:people
Only one in four clinics is open. => one in four clinics:percent
The base is home to 11 of the 12 light fighters. => 11:weapons; 12 light fighters:weapons
The raid killed six men and 300 were searched. The army gave a figure of four. => six men:killed; 300:people; four:killed
Shells killed six men and 300 families left the town. => six men:killed; 300 families:people
Police counted 2,000 protesters; organisers spoke of 10,000. => 2,000 protesters:people; 10,000:people
Nineteen people are missing. => Nineteen people:people
Two civilians lost their lives. => Two civilians:killed
The number of dead stood at 87. => 87:killed
The toll climbed to 19 dead and 45 wounded. => 19:killed; 45:injured
Mines have killed or maimed 300 farmers. => 300 farmers:people
The wave of arrests swept up 60 activists. => 60 activists:people
Nearly 5,000 refugees and migrants were held in detention. => Nearly 5,000 refugees and migrants:detained
The clinic treated four wounded men. => four wounded men:injured
Some 900 people, including 60 migrants, had been displaced. => Some 900 people:displaced; 60 migrants:displaced:count<
Three girls of one family had died. => Three girls:killed
More than 100 civilians were killed and over 300 injured. => More than 100 civilians:killed; over 300:injured
Over 400 Americans were killed or wounded. => Over 400 Americans:people
The raid killed several militiamen. => several militiamen:killed
Some 60 Italians taken prisoner were freed. => Some 60 Italians:detained
The column (about 700 men) turned back. => about 700 men:people
Hundreds protested in the port. => Hundreds:people
Thousands fled the town. => Thousands:displaced
Nearly two thirds are recruits from the south. => Nearly two thirds:percent
Raiders stole over 3,000 head of cattle. => over 3,000 head:other
The unit received "at least six" old howitzers. => at least six" old howitzers:weapons
The army "neutralised" 128 jihadists. => 128 jihadists:killed
About 6,400 had fled, up from at least 3,800 two days earlier. => About 6,400:displaced; at least 3,800:displaced
# the noun says what is counted
The group has about 900 fighters. => about 900 fighters:people:level
The camp holds 6,000 people. => 6,000 people:people:level
The mission deployed 250 peacekeepers. => 250 peacekeepers:people
Warplanes carried out four airstrikes. => four airstrikes:events:count
There were 17 protests in March 2021. => 17 protests:events
The monitors recorded 31 violations of the truce. => 31 violations:events
The army seized 40 rifles and two mortars. => 40 rifles:weapons; two mortars:weapons
They hold thousands of foreign prisoners. => thousands of foreign prisoners:detained:level
The agency registered 14,000 refugees. => 14,000 refugees:displaced
Turkey sent a dozen armoured vehicles. => a dozen armoured vehicles:weapons
The storm destroyed 80 houses. => 80 houses:other
The prison held 340 inmates. => 340 inmates:detained
The government bought six drones. => six drones:weapons
Hundreds of demonstrators marched through the capital. => Hundreds of demonstrators:people
The brigade controls 12 villages. => 12 villages:other
Tens of thousands of workers went on strike. => Tens of thousands of workers:people
The council lifted 13 sanctions listings. => 13 sanctions listings:other
The mission trained 30 Iraqi officers. => 30 Iraqi officers:people
# units
The group lost a quarter of Iraqi territory. => a quarter of Iraqi territory:percent
The fire burnt 300 hectares of forest. => 300 hectares of forest:area
Rebels advanced 15 kilometres. => 15 kilometres:distance
The port exports 400,000 barrels per day. => 400,000 barrels per day:rate
The fund lost $40 million. => $40 million:money
The convoy carried 500 tonnes of grain. => 500 tonnes of grain:weight
Turnout was 43 per cent. => 43 per cent:percent
Two thirds of the fields are closed. => Two thirds of the fields:percent
A third of the soldiers deserted. => A third of the soldiers:percent
One in six wells is dry. => One in six wells:percent
Doctors said three out of four patients had been shot. => three out of four patients:percent
Half the shops stayed shut. => Half the shops:percent
About 60 per cent of voters stayed at home. => About 60 per cent of voters:percent
The court jailed him for 15 years. => 15 years:duration
She was sentenced to 20 years in prison. => 20 years:duration
# statistic
Fuel prices have doubled. => doubled:other:change
The region saw a threefold rise in raids. => threefold:other:change
Output fell by 30 per cent. => 30 per cent:percent:change
Prices rose by a fifth. => a fifth:percent:change
The army grew by 2,000 men. => 2,000 men:people:change
The number of checkpoints rose to 60. => 60:other:level
The group once had a peak strength of 4,000 fighters. => 4,000 fighters:people:peak
At its height the movement counted 30,000 members. => 30,000 members:people:peak
The mission aims to train 5,000 recruits. => 5,000 recruits:people:target
The plan sets a target of 10,000 troops. => 10,000 troops:people:target
Since January the navy has intercepted 800 boats. => 800 boats:other:cumulative
In total, 140 schools have closed. => 140 schools:other:cumulative
"""

NO_CLAIMS = """
Talks opened in Beirut, according to two people with knowledge of them.
The road was shut at noon. Three were left.
A 63 nation coalition was formed.
The two leaders discussed trade.
Our two countries are friends.
The 48th brigade moved north.
Resolution 2441 was adopted.
The council met on 10 October.
Talks resumed on 13 and 14 May.
An F-16 crashed near the base.
Article 5 was invoked.
The G20 leaders left early.
Route 60 was closed.
They fired 75mm shells.
Call +218 91 234 5678 for details.
The team won 3-1.
The first convoy reached the town.
In the first place the plan was weak.
The second round is open.
He was 34 years old.
Ahmed Salem, 52, was named minister.
The 12-member panel met again.
A three-month siege ended.
It was a two-way street.
The two sides met in Geneva.
The talks ended after three hours.
The eight-hour battle ended at dawn.
He waited two weeks.
In 2011 the regime fell.
The 1990s were hard.
The 17 February Revolution changed the country.
The 9/11 attacks changed policy.
Chapter 3 describes the method.
See page 45.
Section 2.1 sets out the terms.
Figure 7 shows the front line.
Version 3.2 was released.
The 7th Fleet sailed.
Camp 4 was searched.
Unit 61398 was named.
Boko Haram's Sector 3 was cleared.
The plane, flight 752, was late.
Highway 1 is blocked.
Room 101 was locked.
Bus 12 was late.
At 09:30 the sirens stopped.
The meeting began at 6 pm.
The market opens at 7.
On the one hand the truce holds.
No one was hurt.
One of the aims is unity.
One might ask why.
It was one more setback.
The one-sided deal failed.
The two-state solution is dead.
The five-year plan was dropped.
The committee of the 5+5 format met.
The zero option is off the table.
He is number two in the party.
The big three parties agreed.
Group of 77 ministers met.
The Quartet and the Group of Seven issued statements.
There are two reasons for this.
The plan has three phases.
The third phase begins soon.
The army fights on two fronts.
There are two ways to read this.
It was the 20th century's longest war.
The M23 rebels withdrew.
The A-10 unit was moved.
The AK-47 is common here.
The MiG-29 jets left.
COVID-19 spread.
UNSCR 2259 (2015) remains in force.
Law 10 of 2013 was repealed.
Decree No. 12 was signed.
Bill 24 was debated.
The Boeing 737 landed.
His phone number is 555-0199.
The P5 powers agreed.
Phase II starts soon.
The 82nd Airborne arrived.
The road to the 44th parallel is open.
On 3 June 2019 the sit-in was broken up.
By mid-2020 the front had frozen.
Four days later the talks failed.
The past six months were calm.
A year ago the road was safe.
Last year's budget passed.
The 1973 war is remembered.
The score was 21 to 14.
The M-16 rifle jammed.
Politics & Security is weekly.
The Treaty of 1947 still binds them.
The twin towns lie on the border.
Once again the port closed.
They were turned away twice.
"""
