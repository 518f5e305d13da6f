package dev.belfry.addresses;

import java.util.List;
import java.util.Set;

/**
 * How the labels of a domain may mix scripts that run to the right and to the left, so
 * that no two domains look the same (RFC 5893).
 */
final class BidiRule {

	private static final Set<Byte> RIGHT_TO_LEFT = Set.of(Character.DIRECTIONALITY_RIGHT_TO_LEFT,
			Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC);

	private static final Set<Byte> NUMBERS = Set.of(Character.DIRECTIONALITY_EUROPEAN_NUMBER,
			Character.DIRECTIONALITY_ARABIC_NUMBER);

	private static final Set<Byte> NEUTRAL = Set.of(Character.DIRECTIONALITY_EUROPEAN_NUMBER,
			Character.DIRECTIONALITY_EUROPEAN_NUMBER_SEPARATOR, Character.DIRECTIONALITY_COMMON_NUMBER_SEPARATOR,
			Character.DIRECTIONALITY_EUROPEAN_NUMBER_TERMINATOR, Character.DIRECTIONALITY_OTHER_NEUTRALS,
			Character.DIRECTIONALITY_BOUNDARY_NEUTRAL, Character.DIRECTIONALITY_NONSPACING_MARK);

	private BidiRule() {
	}

	/** Whether all the labels of a domain, in their own scripts, keep to it. */
	static boolean isKept(List<String> labels) {
		boolean needed = labels.stream().flatMapToInt(String::codePoints).anyMatch(BidiRule::runsToTheLeft);
		return !needed || labels.stream().allMatch(BidiRule::isKept);
	}

	private static boolean runsToTheLeft(int point) {
		byte direction = Character.getDirectionality(point);
		return RIGHT_TO_LEFT.contains(direction) || direction == Character.DIRECTIONALITY_ARABIC_NUMBER;
	}

	private static boolean isKept(String label) {
		List<Byte> directions = label.codePoints().mapToObj(Character::getDirectionality).toList();
		return RIGHT_TO_LEFT.contains(directions.get(0)) ? isRightToLeft(directions)
				: directions.get(0) == Character.DIRECTIONALITY_LEFT_TO_RIGHT && isLeftToRight(directions);
	}

	private static boolean isRightToLeft(List<Byte> directions) {
		byte last = last(directions);
		boolean only = directions.stream()
			.allMatch((each) -> RIGHT_TO_LEFT.contains(each) || NUMBERS.contains(each) || NEUTRAL.contains(each));
		return only && (RIGHT_TO_LEFT.contains(last) || NUMBERS.contains(last)) && !directions.containsAll(NUMBERS);
	}

	private static boolean isLeftToRight(List<Byte> directions) {
		byte last = last(directions);
		boolean only = directions.stream()
			.allMatch((each) -> each == Character.DIRECTIONALITY_LEFT_TO_RIGHT || NEUTRAL.contains(each));
		return only
				&& (last == Character.DIRECTIONALITY_LEFT_TO_RIGHT || last == Character.DIRECTIONALITY_EUROPEAN_NUMBER);
	}

	private static byte last(List<Byte> directions) {
		return directions.stream()
			.filter((each) -> each != Character.DIRECTIONALITY_NONSPACING_MARK)
			.reduce((first, second) -> second)
			.orElse(Character.DIRECTIONALITY_UNDEFINED);
	}

}
