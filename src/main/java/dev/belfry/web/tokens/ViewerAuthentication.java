package dev.belfry.web.tokens;

import java.util.List;

import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.jwt.Jwt;

import dev.belfry.viewer.Viewer;

/** The viewer as Spring Security carries it through an HTTP request. */
public final class ViewerAuthentication extends AbstractAuthenticationToken {

	/** Whoever runs the platform, and no customer of it. */
	public static final String PLATFORM = "PLATFORM";

	private final transient Viewer viewer;

	private final Jwt token;

	public ViewerAuthentication(Viewer viewer, Jwt token) {
		super((viewer.account() == null) ? AuthorityUtils.createAuthorityList(PLATFORM) : List.of());
		this.viewer = viewer;
		this.token = token;
		setAuthenticated(true);
	}

	@Override
	public Object getCredentials() {
		return this.token;
	}

	@Override
	public Viewer getPrincipal() {
		return this.viewer;
	}

}
