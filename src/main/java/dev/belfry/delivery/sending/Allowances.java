package dev.belfry.delivery.sending;

import java.util.Map;

/**
 * How many more e-mails of a domain a claim may take.
 *
 * @param byDomain for some; 0 or less for none
 * @param otherwise for each of all others
 */
record Allowances(Map<String, Integer> byDomain, int otherwise) {
}
