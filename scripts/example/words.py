"""What stands on Nordanvind's invitations and agendas."""

from __future__ import annotations

from typing import Any

Values = dict[str, Any]

INVITATION_GOTEBORG: Values = {
    "colour": "#0b4f6c",
    "kicker": "Inbjudan till Azure-seminarium",
    "title": "Flytta till Microsoft Azure utan att tappa takten",
    "when": ("torsdag 17 september 2026", "kl. 08.30–15.00"),
    "where": "Stora salen, Vasaplatsen Konferens, Vasaplatsen 4, Göteborg",
    "reply": "10 september",
    "address": "nordanvind.example/seminarium",
    "body": (
        "Servrarna i källaren blir inte yngre. Den 17 september visar vi hur företag och kommuner i Västsverige "
        "har flyttat sin drift till Microsoft Azure: vad det kostade, vad som tog tid och vad de hade gjort "
        "annorlunda.",
        "Dagen är kostnadsfri för våra kunder. Lunch ingår, alkoholfri. Säg till om allergier när du anmäler dig.",
        "Välkommen!",
    ),
    "programme": (
        ("09.00", "Flytta till Microsoft Azure i fyra steg", "Kartlägg, bedöm, flytta, vårda. Henrik Stål"),
        ("10.15", "Vad kostar det?", "Azure Hybrid Benefit, reservationer och en kalkyl som håller. Elin Sandahl"),
        ("11.15", "Så gjorde Bruksnäs Fastigheter", "48 servrar, elva kvällar. Lena Bruhn, it-ansvarig"),
        ("13.00", "Säkerhetskopior som går att läsa tillbaka", "Azure Backup i praktiken. Sara Nyberg"),
        ("14.00", "Frågor, öppet hus", "Ta med din egen serverlista så räknar vi tillsammans."),
    ),
    "speakers": (
        ("Henrik Stål", "Molnarkitekt, Nordanvind"),
        ("Elin Sandahl", "Ekonomichef, Nordanvind"),
        ("Lena Bruhn", "It-ansvarig, Bruksnäs Fastigheter"),
        ("Sara Nyberg", "Drift, Nordanvind"),
    ),
    "office": "Lilla Bommen 12, 411 04 Göteborg",
    "phone": "031-390 06 10",
}

INVITATION_STOCKHOLM: Values = INVITATION_GOTEBORG | {
    "colour": "#1f6b6b",
    "when": ("torsdag 24 september 2026", "kl. 08.30–14.30"),
    "where": "Klarasalen, Klara Östra gränd 3, Stockholm",
    "reply": "17 september",
    "body": (
        "Servrarna i källaren blir inte yngre. Den 24 september visar vi hur företag i Mälardalen har flyttat sin "
        "drift till Microsoft Azure: vad det kostade, vad som tog tid och vad de hade gjort annorlunda.",
        "Dagen är kostnadsfri för våra kunder. Antalet platser är 80.",
        "Välkommen!",
    ),
    "programme": (
        ("09.00", "Flytta till Microsoft Azure i fyra steg", "Kartlägg, bedöm, flytta, vårda. Henrik Stål"),
        ("10.30", "Vad kostar det?", "Azure Hybrid Benefit och reservationer. Elin Sandahl"),
        ("12.30", "Azure Backup i praktiken", "Återläsning på scen. Sara Nyberg"),
        ("13.30", "Frågor och rundabordssamtal", "I grupprummet Klara 2."),
    ),
    "speakers": INVITATION_GOTEBORG["speakers"][:2] + INVITATION_GOTEBORG["speakers"][3:],
    "office": "Klara Norra 20, 111 00 Stockholm",
    "phone": "08-465 004 20",
}

INVITATION_BREAKFAST: Values = INVITATION_GOTEBORG | {
    "colour": "#5b4b8a",
    "kicker": "Inbjudan till frukostseminarium",
    "title": "Säkerhet före klockan tio",
    "when": ("tisdag 19 maj 2026", "kl. 07.30–10.00"),
    "where": "Kajsalen, Packhuskajen, Göteborg",
    "reply": "12 maj",
    "address": "nordanvind.example/frukost",
    "body": (
        "Börja dagen med kaffe, utsikt över älven och tre saker som gör din Microsoft 365-miljö säkrare redan "
        "samma vecka. Vi visar Microsoft Defender och Microsoft Entra ID i drift, med exempel från våra kunder.",
        "Frukost från 07.30. Seminariet är kostnadsfritt.",
    ),
    "programme": (
        ("08.00", "Tre dörrar som står öppna", "Och hur du stänger dem i Microsoft Entra ID. Henrik Stål"),
        ("08.45", "Microsoft Defender i vardagen", "Larm som betyder något. Sara Nyberg"),
        ("09.30", "Frågor", "Vi stannar kvar till klockan tio."),
    ),
    "speakers": (("Henrik Stål", "Molnarkitekt, Nordanvind"), ("Sara Nyberg", "Drift, Nordanvind")),
}

# The one that Microsoft sent back: neither Microsoft nor a product of theirs is named.
AGENDA_GOTEBORG: Values = {
    "place": "Göteborg",
    "colour": "#0b4f6c",
    "title": "Dagens program",
    "day": "Stora salen, torsdag 17 september 2026",
    "rows": (
        ("08.30", "Registrering och kaffe i foajén", ""),
        ("09.00", "Öppning: flytten i fyra steg", "Henrik Stål, molnarkitekt"),
        ("10.00", "Paus", ""),
        ("10.15", "Vad kostar det?", "Elin Sandahl, ekonomichef"),
        ("11.15", "Så gjorde Bruksnäs Fastigheter", "Lena Bruhn, it-ansvarig"),
        ("12.00", "Lunch", ""),
        ("13.00", "Säkerhetskopior som går att läsa tillbaka", "Sara Nyberg, drift"),
        ("14.00", "Frågor och öppet hus", "Fyra bord: kartläggning, kostnad, säkerhet, drift"),
        ("15.00", "Slut", ""),
    ),
    "contact": "",
}

AGENDA_STOCKHOLM: Values = {
    "place": "Stockholm",
    "colour": "#1f6b6b",
    "title": "Azure-seminarium",
    "day": "Klarasalen, torsdag 24 september 2026",
    "rows": (
        ("08.30", "Registrering", ""),
        ("09.00", "Flytta till Microsoft Azure i fyra steg", "Henrik Stål: Azure Migrate från kartläggning till drift"),
        ("10.15", "Paus", ""),
        ("10.30", "Vad kostar det?", "Elin Sandahl: Azure Hybrid Benefit, reservationer, kalkyl"),
        ("11.30", "Lunchpaus på egen hand", ""),
        ("12.30", "Azure Backup i praktiken", "Sara Nyberg: återläsning på scen"),
        ("13.30", "Rundabordssamtal", "Klara 2: licenser, nätverk, säkerhet"),
        ("14.30", "Slut", ""),
    ),
    "contact": "Frågor under dagen: 08-465 004 20, azure@nordanvind.example. Nordanvind IT AB är Microsoft-partner.",
}

AGENDA_BREAKFAST: Values = {
    "place": "Kajsalen",
    "colour": "#5b4b8a",
    "title": "Säkerhet före klockan tio",
    "day": "Kajsalen, tisdag 19 maj 2026",
    "rows": (
        ("07.30", "Frukost", ""),
        ("08.00", "Tre dörrar som står öppna", "Henrik Stål: Microsoft Entra ID, villkorad åtkomst, gästkonton"),
        ("08.45", "Microsoft Defender i vardagen", "Sara Nyberg: larm som betyder något"),
        ("09.30", "Frågor", "Vi stannar kvar till klockan tio"),
    ),
    "contact": "Nordanvind IT AB · 031-390 06 10 · azure@nordanvind.example · Microsoft-partner",
}

DELIVERY: Values = {
    "rows": (
        ("Sent", "3,200", 100.0),
        ("Delivered", "3,141", 98.2),
        ("Opened", "1,068", 33.4),
        ("Clicked", "152", 4.8),
    ),
    "hours": (4, 2, 1, 1, 2, 5, 18, 44, 96, 84, 62, 47, 38, 52, 41, 36, 30, 22, 15, 17, 21, 16, 9, 6),
}

# Time sheets of the reports on in-house work: week, work, hours of the first and of the second person.
WEEKS: dict[str, tuple[tuple[str, str, str, str], ...]] = {
    "newsletter-production": (
        ("40", "Interviews with two customers, outline of both letters", "6", "–"),
        ("41", "Text and layout of the first letter, sent 8 October", "4", "5"),
        ("42", "Text and layout of the second letter", "3.5", "3"),
        ("43", "Corrections, tests in four mail programs, sent 22 October", "0.5", "1.5"),
    ),
    "campaign-letters": (
        ("36", "Outline of both letters, choice of examples", "3", "2"),
        ("38", "Text and layout of the first letter, sent 15 September", "4", "6"),
        ("39", "Text and layout of the second letter", "2.5", "3"),
        ("40", "Corrections, sent 29 September", "0.5", "1"),
    ),
}

LETTER_COPILOT: Values = {
    "owner": "Nordanvind",
    "tone": "#0b4f6c",
    "title": "Börja med det ni redan har",
    "text": (
        "Hej! I förra brevet skrev vi om vad Microsoft 365 Copilot gör. I dag handlar det om vad Copilot hittar: "
        "det som ligger öppet för alla, och som kanske inte borde göra det.",
        "Före varje visning går vi igenom delade mappar och behörigheter i er Microsoft 365. Det tar en timme. "
        "Efteråt vet ni vad som är rätt, vad som är för öppet och vad som kan tas bort.",
        "Boka en visning på nordanvind.example/copilot eller ring 08-465 004 20.",
        "Nordanvind IT AB, Klara Norra 20, Stockholm. copilot@nordanvind.example. Microsoft-partner.",
    ),
}

HEADER_COPILOT: Values = {
    "owner": "Postlåda: testmottagare@nordanvind.example",
    "tone": "#41505f",
    "title": "Börja med det ni redan har",
    "head": (
        ("Från", "Nordanvind Kontor <copilot@nordanvind.example>"),
        ("Till", "testmottagare@nordanvind.example"),
        ("Skickat", "tisdag 29 september 2026 08:15"),
        ("Date", "Tue, 29 Sep 2026 08:15:00 +0200"),
        ("Received", "from mx1.kaarna.example (192.0.2.61) by in1.nordanvind.example; Tue, 29 Sep 2026 08:15:06 +0200"),
        ("Message-ID", "<20260929081500.1127.2@post.kaarna.example>"),
        ("X-Campaign", "nordanvind-copilot-2026-09-letter-2; recipients=2600"),
    ),
    "text": (
        "Hej! I förra brevet skrev vi om vad Microsoft 365 Copilot gör. I dag handlar det om vad Copilot hittar …",
    ),
}

CONFIRMATION: Values = {
    "owner": "Microsoft Nordic Partner Days 2026",
    "tone": "#0f5f73",
    "title": "Confirmation of registration",
    "head": (
        ("Host", "Microsoft"),
        ("Place", "Bella Havn, Copenhagen"),
        ("Days", "8 to 10 September 2026"),
        ("Company", "Nordanvind IT AB, Stockholm"),
        ("Registered", "Henrik Stål, cloud architect; Sara Nyberg, operations"),
        ("Number", "NPD-26-0714"),
    ),
    "text": (
        "Microsoft invites its partners of the five Nordic countries to three days on Azure, Microsoft 365 and "
        "security. Your registration is complete. Please bring this confirmation and an identity card.",
        "The registration office is run by Lyngkrog Events ApS on behalf of Microsoft, which also sends the invoice.",
    ),
}

ITINERARY: Values = {
    "owner": "Resebyrå Tvärbanan",
    "tone": "#9a4a12",
    "title": "Resplan 55192",
    "head": (("Resenär", "Henrik Stål"), ("Bokad av", "Jonas Ek, Nordanvind IT AB"), ("Klass", "Ekonomi")),
    "columns": ("Sträcka", "Avgång", "Ankomst"),
    "rows": (
        ("Stockholm Arlanda – Köpenhamn Kastrup", "8 sep 2026 07:10", "08:20"),
        ("Köpenhamn Kastrup – Stockholm Arlanda", "10 sep 2026 18:45", "19:55"),
    ),
    "text": ("Bagage: en kabinväska. Ändringar mot avgift till och med dagen före avresan.",),
}

SPOT: Values = {
    "owner": "Radio Västkanten",
    "tone": "#a01f3c",
    "title": "Spot 30 sekunder: Surface Hub",
    "head": (
        ("Kund", "Nordanvind IT AB"),
        ("Sänd", "7–18 september 2026, vardagar 07–09 och 16–17"),
        ("Inspelning", "https://vastkanten.example/spot/nv-0926"),
    ),
    "text": (
        "(Ljud: sorl i ett mötesrum, en penna mot whiteboard.)",
        "Röst: Hälften av mötet går åt till att minnas det förra. Med Microsoft Surface Hub ligger anteckningarna "
        "kvar på väggen, och hos alla som inte var där.",
        "Röst: Prova Surface Hub i en vecka i ert eget mötesrum. Nordanvind ställer upp den, tar hem den och svarar "
        "på frågorna däremellan.",
        "Röst: Nordanvind. Det är vi som svarar. Ring 031-390 06 10.",
    ),
}

AGENDA_TRAINING: Values = {
    "place": "Göteborg",
    "colour": "#2b4a8b",
    "title": "Utbildning för drift och support",
    "day": "Gamla Ullevi, 28 och 29 oktober 2026",
    "rows": (
        ("28 okt 08.30", "Microsoft Azure: nätverk", "3 timmar: virtuella nätverk, brandvägg, felsökning"),
        ("28 okt 12.30", "Microsoft Azure: säkerhetskopior", "3 timmar: Azure Backup, återläsning"),
        ("29 okt 08.30", "Microsoft Azure: övervakning", "3 timmar: Azure Monitor, larm, kostnad"),
        ("29 okt 12.30", "Säkerhetskopior i Linux", "3 timmar: restic och borg, utan Microsoft"),
    ),
    "contact": "Lärare: Molnverkstan Utbildning AB. Nordanvind IT AB, 031-390 06 10.",
}

HANDOUT: Values = {
    "owner": "Molnverkstan Utbildning",
    "tone": "#2b4a8b",
    "title": "Microsoft Azure för drift",
    "head": (("Kurs", "Nordanvind IT AB, 28–29 oktober 2026"), ("Delar", "Nätverk, Azure Backup, Azure Monitor")),
    "text": (
        "1  Nätverk. Rita först, bygg sedan: nav och ekrar i virtuella nätverk, Azure Firewall mellan dem.",
        "2  Azure Backup. Valv, policyer, återläsning av en hel server och av en enda fil. Övning: 45 minuter.",
        "3  Azure Monitor. Larm som någon gör något åt; budgetar som säger ifrån innan månaden är slut.",
    ),
}

APPROVAL_RADIO: Values = {
    "owner": "Co-op Marketing Review",
    "tone": "#333333",
    "title": "Final review completed: PA-21077",
    "head": (
        ("Sent", "Friday, 28 August 2026 13:22"),
        ("To", "Maja Lindqvist <incentives.admin@nordanvind.example>"),
        ("Partner, location", "Nordanvind IT AB, 6071245 Göteborg"),
        ("Program", "ADR-HUB"),
        ("Material", "Radio spot of 30 seconds for Surface Hub"),
        ("Requested", "10 August 2026"),
        ("Pre-approved", "17 August 2026, on the draft text"),
        ("Final review", "28 August 2026, on the recording"),
    ),
    "text": (
        "The recording is approved as submitted and may be broadcast. Please enter the pre-approval ID in the claim.",
        "Changed material needs a new review. This is not a decision on the claim.",
    ),
}
