/[?&]embed=1(&|$)/.test(location.search)&&(document.documentElement.dataset.embed="")
