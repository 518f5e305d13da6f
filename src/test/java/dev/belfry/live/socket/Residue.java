package dev.belfry.live.socket;

import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.belfry.testing.Programs;

/**
 * What is left in a process when its garbage has been collected.
 *
 * @param instances how many there are of each class
 * @param files how many files and connections are open
 */
record Residue(Map<String, Integer> instances, int files) {

	/** A line of the histogram: {@code 1: 8 192 [B (java.base@17)}. */
	private static final Pattern LINE = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+(\\S+).*");

	static Residue of(long pid) throws IOException, InterruptedException {
		Map<String, Integer> instances = new TreeMap<>();
		Programs.run(List.of(Programs.jdk("jcmd"), Long.toString(pid), "GC.class_histogram"))
			.lines()
			.map(LINE::matcher)
			.filter(Matcher::matches)
			.forEach((line) -> instances.merge(line.group(2), Integer.valueOf(line.group(1)), Integer::sum));
		return new Residue(instances, new File("/proc/" + pid + "/fd").list().length);
	}

	/**
	 * How many more there are now, if more than a few, of the classes of these names. The
	 * only instance of a lambda does not count: one that captures nothing is made when it
	 * is first needed, and stays.
	 */
	Map<String, Integer> since(Residue before, String names, int few) {
		Map<String, Integer> more = new TreeMap<>(this.instances);
		more.entrySet().removeIf((entry) -> entry.getValue() == 1 && entry.getKey().contains("$$Lambda"));
		more.replaceAll((name, now) -> now - before.instances.getOrDefault(name, 0));
		more.entrySet().removeIf((entry) -> entry.getValue() <= few || !entry.getKey().matches(names));
		return more;
	}

}
