package dev.belfry.values;

import org.jspecify.annotations.Nullable;

/**
 * The place of an item in a sorted list. A page goes on after the key that was shown, so
 * it does whatever becomes of the item.
 *
 * @param value what the list is sorted by first, at most 255 characters; null for a list
 * that is sorted by number alone
 * @param number of the item, which no other one has
 */
public record SortKey(@Nullable String value, long number) {

	public static SortKey of(long number) {
		return new SortKey(null, number);
	}

}
