/[?&]embed=1\b/.test(`${location.search} ${document.referrer}`)&&(document.documentElement.dataset.embed="")
