"""How words are spelled, by what this computer has: Finnish by libvoikko, Swedish and English by Hunspell.

Nothing here knows whose words they are; nothing is written down, and nothing reaches a network.
"""
