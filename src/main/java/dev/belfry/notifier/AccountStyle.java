package dev.belfry.notifier;

import java.time.ZoneId;
import java.util.Locale;

/** How an account is called, and how it reads numbers and times. */
record AccountStyle(String name, ZoneId zone, Locale locale) {
}
