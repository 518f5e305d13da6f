package dev.belfry.events;

import java.util.LinkedList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** Where a value stands in an input. */
record Place(@Nullable Place parent, String name) {

	static Place root(String name) {
		return new Place(null, name);
	}

	/** Of at least one name. */
	static Place of(List<String> path) {
		Place place = root(path.get(0));
		for (String name : path.subList(1, path.size())) {
			place = place.then(name);
		}
		return place;
	}

	Place then(String name) {
		return new Place(this, name);
	}

	Place then(int index) {
		return new Place(this, Integer.toString(index));
	}

	/** The names from the root on. */
	List<String> path() {
		LinkedList<String> path = new LinkedList<>();
		for (Place place = this; place != null; place = place.parent) {
			path.addFirst(place.name);
		}
		return List.copyOf(path);
	}

}
