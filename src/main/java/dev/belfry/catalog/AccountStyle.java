package dev.belfry.catalog;

import java.time.ZoneId;
import java.util.Locale;

/** How an account is called, and how it reads numbers and times. */
public record AccountStyle(String name, ZoneId zone, Locale locale) {
}
