package dev.belfry.alerts.condition;

import java.util.ArrayList;
import java.util.List;

/** Where a value stands in an input. */
record Place(List<String> path) {

	Place then(String name) {
		List<String> longer = new ArrayList<>(this.path);
		longer.add(name);
		return new Place(List.copyOf(longer));
	}

	Place then(int index) {
		return then(Integer.toString(index));
	}

}
