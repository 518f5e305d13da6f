package dev.belfry.platform;

import java.util.List;

/**
 * An input that the one who sent it can mend, and of which nothing was done. A controller
 * answers the errors in its payload.
 */
public final class UserErrors extends RuntimeException {

	private final List<UserError> errors;

	public UserErrors(List<UserError> errors) {
		super(errors.isEmpty() ? "" : errors.get(0).message(), null, false, false);
		this.errors = List.copyOf(errors);
	}

	public static UserErrors at(UserErrorCode code, String message, String... field) {
		return new UserErrors(List.of(UserError.at(code, message, field)));
	}

	public List<UserError> errors() {
		return this.errors;
	}

}
