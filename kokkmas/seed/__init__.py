"""The demo cooperative: 33 fictional home businesses and two years of their life, made through the services."""
