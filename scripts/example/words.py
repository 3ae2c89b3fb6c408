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
