package dev.belfry.platform;

import java.util.LinkedList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/** Where a value stands in an input: a longer place costs no more than its last name. */
public record Place(@Nullable Place parent, String name) {

	/** The input itself, of which the path is empty. */
	public static final Place INPUT = new Place(null, "");

	public static Place of(List<String> path) {
		Place place = INPUT;
		for (String name : path) {
			place = place.then(name);
		}
		return place;
	}

	public Place then(String name) {
		return new Place(this, name);
	}

	public Place then(int index) {
		return then(Integer.toString(index));
	}

	/** The names from the input on. */
	public List<String> path() {
		LinkedList<String> path = new LinkedList<>();
		for (Place place = this; place.parent != null; place = Objects.requireNonNull(place.parent)) {
			path.addFirst(place.name);
		}
		return List.copyOf(path);
	}

}
